import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const suite = require.resolve('@modelcontextprotocol/conformance/dist/index.js');
const client = fileURLToPath(new URL('conformance-client.ts', import.meta.url));

/**
 * The official suite's client scenarios that apply to a client without elicitation and without OAuth's discovery: our keys and token
 * endpoints are configured, so `auth/*` and `elicitation-*` test what Vera does not do.
 */
test.each(['initialize', 'tools_call', 'sse-retry'])('the official conformance suite passes our client in %s', async (scenario) => {
  const args = [suite, 'client', '--scenario', scenario, '--command', `${process.execPath} ${client}`];
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  expect(await text(run.stderr)).toMatch(/Passed: [1-9]\d*\/\d+, 0 failed, 0 warnings/);
});
