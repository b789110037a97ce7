import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const bundle = fileURLToPath(new URL('../../../dist/worker/main.mjs', import.meta.url));

/** Runs in the worker's process before it and writes as libraries do: the AWS clients to `console`, Node by warnings of the process. */
const library = `
  setTimeout(() => {
    console.log('plain %s', 'words');
    console.warn('@smithy/node-http-handler:WARN - socket usage at capacity=50');
    console.error(new Error('boom'));
    process.emitWarning('The AWS SDK for JavaScript will no longer support this', 'NodeVersionWarning');
  }, 1_500);
`;

it('no line of a library leaves the bundle unformatted', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(library)}`;
  const env = { SECRET_ID: 's', LEDGER_TABLE: 't', AUDIT_TABLE: 'a', AUDIT_DAYS: '400', COMPANY_NAME: 'N', MODEL_ID: 'm', PORT: '47813' };
  const worker = spawn(process.execPath, ['--import', preload, bundle], { env });
  let written = '';
  for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  await expect.poll(() => written, { timeout: 10_000 }).toContain('NodeVersionWarning');
  worker.kill();
  await once(worker, 'exit');
  const lines = written.trim().split('\n');
  const parsed = lines.map((line) => JSON.parse(line) as { event: string; message?: string });
  const messages = parsed.flatMap(({ event, message }) => (event.startsWith('library') ? [message] : []));
  expect(messages).toEqual([
    'plain words',
    expect.stringContaining('socket usage'),
    expect.stringContaining('boom'),
    expect.stringContaining('AWS SDK'),
  ]);
});
