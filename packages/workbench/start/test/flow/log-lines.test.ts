import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { sessionIdOf } from '@vera/protocol/session-id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, impatient, type LogLine, startTestSystem, type TestSystem } from '../support/test-system.ts';

/** Of processes, and of what is nobody's question. All others say which one they are about. */
const ofNobody =
  /^(?:worker\.(?:listening|rehearsed|stopping|stopped|not-rehearsed)|sweep\.(?:done|failed)|event\.ignored|errand\.|session\.(?:stopped|not-stopped)|request\.refused|library\.warning)/;

describe('every line of several questions, one of whose worker dies', () => {
  let system: TestSystem;
  const asked: Asked[] = [];
  const linesOf = ({ id }: Asked) => system.log.filter(({ question }) => question === id);

  beforeAll(async () => {
    let hangs = 1;
    const model = scriptedModel(({ messages }) => {
      if (JSON.stringify(messages).includes('slowly') && hangs-- > 0) return [{ hang: true }];
      return JSON.stringify(messages).includes('toolResult')
        ? 'It is written there.'
        : [{ call: 'search_knowledge_base', input: { query: 'on call' } }];
    });
    system = await startTestSystem(model, { timings: impatient });
    asked.push(system.ask({ text: 'who is on call?' }), system.ask({ text: 'who is it tomorrow?', user: 'U0BOB' }));
    for (const one of asked) await system.answered(one);
    const slow = system.ask({ text: 'tell me slowly' });
    await system.until(() => linesOf(slow).some(({ event }) => event === 'question.leased'), 'its worker');
    system.killWorkers(slow);
    await system.answered(slow);
    asked.push(slow);
  }, 180_000);
  afterAll(() => system?.[Symbol.asyncDispose]());

  test('says which question it is about, or is about none', () => {
    const unknown = system.log.filter(({ question, event }) => question === undefined && !ofNobody.test(event));
    expect(unknown.map(({ service, event }) => `${service} ${event}`)).toEqual([]);
  });

  test('says team, channel, thread, session and request, and in a worker which attempt it is', () => {
    const { teamId: team } = system.slack.workspace;
    for (const one of asked) {
      const session = sessionIdOf({ teamId: team, channelId: one.channel, threadTs: one.threadTs, userId: 'U0ANN' }, 'thread');
      const lines = linesOf(one);
      expect(lines.map(({ service }) => service)).toEqual(expect.arrayContaining(['receiver', 'invoker', 'worker']));
      const place = { team, channel: one.channel, thread: one.threadTs, session };
      for (const line of lines) expect(line).toMatchObject({ ...place, request: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      const isBegun = ({ service, event }: LogLine) => service === 'worker' && !/^question\.(?:accepted|waiting|left|queued)$/.test(event);
      for (const line of lines.filter(isBegun)) expect(line, line.event).toMatchObject({ attempt: expect.any(Number) });
    }
  });

  test('says which documents were read, and why there was a second attempt', () => {
    const [first, , slow] = asked;
    const read = linesOf(first!).find(({ event, tool }) => event === 'tool.called' && tool === 'search_knowledge_base');
    expect(read?.read).toEqual(expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]));
    const last = linesOf(slow!).findLast(({ event }) => event === 'question.leased');
    expect(last).toMatchObject({ after: 'lease-ran-out' });
    expect(Number(last?.attempt)).toBeGreaterThan(1);
  });
});
