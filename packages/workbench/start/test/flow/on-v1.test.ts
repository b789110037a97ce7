import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { expect, it } from 'vitest';
import { impatient, startTestSystem } from '../support/test-system.ts';

// All other tests of the whole system run as on V2, and all of them as on V1 with VERA_PLATFORM=v1.
it('R14 on V1 a question is answered once, and one whose process dies in the middle is, by a process that starts anew', async () => {
  let isDead = false;
  const turn = ({ messages }: { readonly messages: readonly unknown[] }): ScriptedTurn =>
    !isDead && JSON.stringify(messages).includes('dies') ? ['It begins. '.repeat(40), { hang: true }] : 'It is whole.';
  await using system = await startTestSystem(scriptedModel(turn), {
    timings: impatient,
    sweepEvery: 250,
    worker: { platform: 'v1' },
  });
  // Nothing is started before it is needed, and nothing rehearsed.
  expect(system.log.filter(({ service }) => service === 'worker')).toEqual([]);
  const first = system.ask({ text: 'hello' });
  expect(system.text(await system.answered(first))).toContain('It is whole.');
  const second = system.ask({ text: 'the process dies', threadTs: first.threadTs });
  await system.until(() => system.log.some(({ event, question }) => event === 'reply.started' && question === second.id), 'the beginning');
  isDead = true;
  system.killWorkers();
  expect(system.text(await system.answered(second))).toContain('It is whole.');
  expect([system.outcomes(first), system.outcomes(second)].map(({ length }) => length)).toEqual([1, 1]);
  expect(system.text(system.replies(second))).not.toContain('It begins.');
  expect(system.log.some(({ event }) => event === 'worker.rehearsed')).toBe(false);
}, 60_000);
