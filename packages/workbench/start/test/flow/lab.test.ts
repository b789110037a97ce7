import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import type { LabFault } from '@vera/page/lab';
import { createRoad, type Road } from '@vera/page/road';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab } from '../../src/lab/create-lab.ts';
import { createChangePerson } from '../support/change-person.ts';
import { ledgerOf } from '../support/ledger-of.ts';
import { type Asked, platform, startTestSystem, type TestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

/** Files a ticket, or begins to answer and takes its time. */
function answering({ messages }: ConverseRequest): ScriptedTurn {
  const last = JSON.stringify(messages.at(-1)?.content);
  if (last.includes('file a ticket')) return [{ call: 'create_jira_issue', input: { project: 'PAY', issue_type: 'Bug', summary: 'One' } }];
  return [
    { say: 'Some words that stand there a while. '.repeat(8), pieceLength: 30, pauseMilliseconds: 20 },
    { pauseMilliseconds: last.includes('at length') ? 5_000 : 500 },
    'That is all.',
  ];
}

const isWriting = ({ streaming_state }: { readonly streaming_state?: string }) => streaming_state === 'in_progress';

// Struck are AgentCore's sessions.
describe.skipIf(platform === 'lambda')('the lab of a system that runs', () => {
  const road: Road = createRoad({ keep: 50 });
  let system: TestSystem;
  let lab: ReturnType<typeof createLab>;
  beforeAll(async () => {
    system = await startTestSystem(scriptedModel(answering), {
      ...{ tools: testTools(), timings: { receiverGrace: 3, sweeperGrace: 3, lease: 10, heartbeat: 1 } },
      onLog: (entry) => void road.add(entry),
    });
    lab = createLab({ system, road, hasModel: true });
  }, 60_000);
  afterAll(async () => {
    lab?.[Symbol.dispose]();
    await system?.[Symbol.asyncDispose]();
  });

  const stateOf = (id: string): LabFault['state'] | undefined => lab.state.faults.find((fault) => fault.id === id)?.state;
  const strikes = (id: string) => system.until(() => /on|done/.test(stateOf(id) ?? ''), `${id} to strike`);
  const isOff = (id: string) => system.until(() => stateOf(id) === 'off', `${id} to be over`);
  const roadOf = ({ channel, ts }: Asked) => road.of(road.questionOf(channel, ts) ?? '').map(({ event }) => event);

  test('offers only what the system has', () => {
    const { tools: _, ...bare } = system;
    using small = createLab({ system: { ...bare, tools: undefined }, road, hasModel: false });
    const idsOf = ({ state }: typeof lab) => state.faults.map(({ id }) => id);
    const missing = ['throttle-model', 'cut-model', 'tools-away'];
    expect(idsOf(lab)).toEqual(expect.arrayContaining(missing));
    expect(idsOf(small)).toEqual(idsOf(lab).filter((id) => !missing.includes(id)));
    expect(() => lab.toggle('moon')).toThrow('There is no fault "moon" here.');
    expect(() => lab.play('moon', 'U0ANN')).toThrow('There is no story "moon" here.');
    expect(() => lab.play('dies', 'U0DEPLOY')).toThrow('direct messages');
  });

  test('what has nothing to strike yet waits for it, and can be called off', async () => {
    lab.toggle('kill-container');
    expect(stateOf('kill-container')).toBe('armed');
    lab.toggle('kill-container');
    await isOff('kill-container');
    const ends: unknown[] = [];
    const stop = system.agentCore.onSession(({ end }) => end && ends.push(end));
    lab.toggle('eight-hours');
    const asked = system.ask({ text: 'talk' });
    await strikes('eight-hours');
    expect(system.text(await system.answered(asked))).toContain('Some words');
    stop();
    expect(ends).toContain('max-lifetime');
    expect(roadOf(asked)).toContain('lab.struck');
    expect(system.outcomes(asked)).toHaveLength(1);
  });

  test('a frozen container stands still, and the ledger answers nobody, until they are mended', async () => {
    const asked = system.ask({ text: 'talk' });
    lab.toggle('freeze-container');
    await strikes('freeze-container');
    const states = () =>
      Promise.all(
        system.agentCore.sessions.map(async ({ pid }) => /^State:\s+(\w)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]),
      );
    expect(await states()).toContain('T');
    lab.toggle('freeze-container');
    await isOff('freeze-container');
    expect(await states()).not.toContain('T');
    await system.answered(asked);
    expect(roadOf(asked)).toEqual(expect.arrayContaining(['lab.struck', 'lab.mended']));
    // The container is there, but works on nothing.
    lab.toggle('kill-container');
    await sleep(300);
    expect(stateOf('kill-container')).toBe('armed');
    lab.toggle('kill-container');
    await isOff('kill-container');
    const read = ledgerOf(system);
    lab.toggle('ledger-away');
    await expect(read(asked)).rejects.toThrow('unavailable');
    lab.toggle('ledger-away');
    await isOff('ledger-away');
    expect(await read(asked)).toMatchObject({ state: 'answered' });
  });

  test('what the model is to suffer waits for its next call: that of the next question, where the last one of an answer is under way', async () => {
    const words = () => lab.state.faults.find(({ id }) => id === 'throttle-model')?.words;
    const asked = system.ask({ text: 'talk' });
    await system.until(() => system.outcomes(asked).length > 0 || system.slack.messages(asked.channel, asked.ts).some(isWriting), 'words');
    lab.toggle('throttle-model');
    await system.answered(asked);
    await sleep(200);
    expect(words()).toBe('Waits for the next call of the model; press to call it off');
    const next = system.ask({ text: 'talk' });
    await strikes('throttle-model');
    expect(system.text(await system.answered(next))).toContain('That is all.');
    expect([roadOf(asked).includes('lab.struck'), roadOf(next).includes('lab.struck')]).toEqual([false, true]);
    await isOff('throttle-model');
    lab.toggle('throttle-model');
    lab.toggle('throttle-model');
    await isOff('throttle-model');
    const calm = system.ask({ text: 'talk' });
    await system.answered(calm);
    expect(roadOf(calm)).not.toContain('model.retried');
  });

  test('a lost delivery, a full quota, an ended stream: each question is answered once', async () => {
    lab.toggle('lose-deliveries');
    const before = system.slack.deliveries.length;
    const asked = system.ask({ text: 'talk at length' });
    await system.until(() => roadOf(asked).includes('question.recorded'), 'the second delivery');
    lab.toggle('lose-deliveries');
    expect(system.slack.deliveries.slice(before).map(({ status }) => status)).toContain(0);
    lab.toggle('end-stream');
    await strikes('end-stream');
    await system.answered(asked);
    lab.toggle('session-quota');
    const late = system.ask({ text: 'talk' });
    await system.until(() => roadOf(late).includes('question.not-yet'), 'the refusal');
    lab.toggle('session-quota');
    await system.answered(late);
    expect(system.slack.calls.map(({ response }) => response.error)).toContain('message_not_in_streaming_state');
    expect([system.outcomes(asked).length, system.outcomes(late).length]).toEqual([1, 1]);
  });

  test('without KMS nothing is proposed; a card whose time is let be over changes nothing, and the thread says so', async () => {
    const ann = createChangePerson(system, 'U0ANN');
    await ann.connects();
    lab.toggle('kms-away');
    const unsigned = system.ask({ text: 'file a ticket' });
    await system.answered(unsigned);
    expect([system.outcomes(unsigned).length, ann.cards(unsigned).length]).toEqual([1, 0]);
    lab.toggle('kms-away');
    lab.toggle('end-cards');
    const asked = system.ask({ text: 'file a ticket' });
    await strikes('end-cards');
    expect(system.text(await system.answered(asked))).toContain('so I changed nothing');
    expect(JSON.stringify(ann.cards(asked).at(-1)?.blocks)).toMatch(/expired|in time/i);
    expect(system.tools?.jira.issues.filter(({ summary }) => summary === 'One')).toEqual([]);
    expect(roadOf(asked)).toContain('lab.struck');
  });
});
