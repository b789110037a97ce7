import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { expect, it } from 'vitest';
import { createGateway } from '../../src/create-gateway.ts';

const require = createRequire(import.meta.url);
const suite = require.resolve('@modelcontextprotocol/conformance/dist/index.js');

/** A gateway over OpenAPI has tools and nothing else; its capabilities say so. */
const doesNotApply: Readonly<Record<string, string>> = {
  'logging-set-level': 'declares no logging',
  'completion-complete': 'declares no completions',
  'tools-call-image': 'what an API answers comes as text',
  'tools-call-audio': 'what an API answers comes as text',
  'tools-call-embedded-resource': 'what an API answers comes as text',
  'tools-call-mixed-content': 'what an API answers comes as text',
  'tools-call-with-logging': 'declares no logging',
  'tools-call-with-progress': 'response streaming is off, as it is unless asked for',
  'tools-call-sampling': 'an API asks no model',
  'tools-call-elicitation': 'an API asks no person',
  'elicitation-sep1034-defaults': 'an API asks no person',
  'elicitation-sep1330-enums': 'an API asks no person',
  'json-schema-2020-12': 'AgentCore refuses $defs and its like in a document',
  'resources-list': 'declares no resources',
  'resources-read-text': 'declares no resources',
  'resources-read-binary': 'declares no resources',
  'resources-templates-read': 'declares no resources',
  'resources-subscribe': 'declares no resources',
  'resources-unsubscribe': 'declares no resources',
  'prompts-list': 'declares no prompts',
  'prompts-get-simple': 'declares no prompts',
  'prompts-get-with-args': 'declares no prompts',
  'prompts-get-embedded-resource': 'declares no prompts',
  'prompts-get-with-image': 'declares no prompts',
};

it('the official conformance suite passes the gateway in all that a gateway over OpenAPI has', async () => {
  await using fixture = await startFixture();
  const child = spawn(process.execPath, [suite, 'server', '--url', `${fixture.url}/mcp`, '--suite', 'all'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said = stripVTControlCharacters(await text(child.stdout));
  const summary = said.slice(said.indexOf('=== SUMMARY ==='));
  const failed = [...summary.matchAll(/^✗ ([\w-]+):/gm)].map(([, name = '']) => name);
  const passed = [...summary.matchAll(/^✓ ([\w-]+):/gm)].map(([, name = '']) => name);
  expect(failed.toSorted(), said).toEqual(Object.keys(doesNotApply).toSorted());
  expect(passed).toEqual([
    'server-initialize',
    'ping',
    'tools-list',
    'tools-call-simple-text',
    'tools-call-error',
    // Finds no tool that streams, so that there is nothing to check.
    'server-sse-polling',
    'server-sse-multiple-streams',
    'dns-rebinding-protection',
  ]);
}, 180_000);

/** The tools the suite calls by fixed names, behind a gateway; a gateway names tools after their target, so that part is put in between. */
async function startFixture(): Promise<Pick<Listening, 'url'> & AsyncDisposable> {
  const api = await listen((request) => {
    if (new URL(request.url).pathname === '/simple') return new Response('This is a simple text response for testing.');
    return Response.json({ message: 'This tool intentionally returns an error for testing' }, { status: 400 });
  });
  const operation = (operationId: string) => ({ get: { operationId, description: `The tool ${operationId}`, responses: {} } });
  const document = { paths: { '/simple': operation('test_simple_text'), '/error': operation('test_error_handling') } };
  const gateway = await createGateway({
    record: createCallRecord(),
    authorizer: { kind: 'NONE' },
    targets: [{ name: 'suite', document, server: api.url, credential: { name: 'X-Key', key: 'k' } }],
  });
  const front = await listen(async (request) => {
    const headers = new Headers(request.headers);
    for (const name of ['connection', 'content-length', 'host']) headers.delete(name);
    // Node's fetch sets the host itself, so that the one a browser was lured to has to travel as the origin.
    const { host } = new URL(request.url);
    if (!/^(?:127\.0\.0\.1|localhost)/.test(host)) headers.set('origin', `http://${host}`);
    const body = request.method === 'POST' ? (await request.text()).replace(/"name":"(test_\w+)"/, '"name":"suite___$1"') : null;
    const answer = await fetch(gateway.mcpUrl, { method: request.method, headers, body });
    const content = await answer.text();
    return new Response(content === '' ? null : content, { status: answer.status, headers: withoutLength(answer.headers) });
  });
  return {
    url: front.url,
    async [Symbol.asyncDispose]() {
      for (const server of [front, gateway, api]) await server[Symbol.asyncDispose]();
    },
  };
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) kept.delete(name);
  return kept;
}
