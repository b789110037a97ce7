import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '@vera/service-kit/log';
import { expect, test } from 'vitest';
import { ChangeMovedError } from '../../src/changes/change-book.ts';
import { beginAgain, breakOff } from '../../src/questions/end-story.ts';
import type { HeldQuestion } from '../../src/questions/story.ts';
import type { ReplyWriter } from '../../src/reply/reply-writer.ts';
import { startWriter } from '../reply/start-writer.ts';
import { startScripted } from './start-scripted.ts';

test.each([
  ['begun again', 'again', (_: HeldQuestion, writer: ReplyWriter) => beginAgain(writer)],
  ['broken off', 'released', (held: HeldQuestion, writer: ReplyWriter) => breakOff(held, writer, new Error('no answer'))],
  ['overtaken by a decision', 'again', (held: HeldQuestion, writer: ReplyWriter) => breakOff(held, writer, new ChangeMovedError('moved'))],
] as const)('a turn that is %s ends as %s, and what was not shown yet is not shown any more', async (_, end, leave) => {
  await using worker = await startScripted([]);
  // Its clock goes as ours: it waits a second between two calls.
  await using started = await startWriter({ tick: 0, params: { now: Date.now } });
  const question = await worker.ask({ text: '<@UVERA> hi' });
  const lease = await worker.leasedBy('worker-1', question);
  const [{ signal }, { signal: lost }] = [new AbortController(), new AbortController()];
  const log = createLog({ service: 'worker', write: () => {} });
  const held: HeldQuestion = { lease, log, signal, lost, isLost: () => false, interrupt: () => {}, begun: () => {} };
  started.writer.write('One. ');
  await started.showing('One.');
  started.writer.write('Two. ');
  expect(await leave(held, started.writer)).toBe(end);
  await sleep(1_200);
  expect(started.pieces()).toEqual(['One. ']);
});
