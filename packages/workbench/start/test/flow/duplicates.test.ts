import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, startTestSystem, type TestSystem } from '../support/test-system.ts';

describe('one message in, one answer out', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(
      scriptedModel(() => 'Once.'),
      { worker: { overlap: 'queue' } },
    );
  });
  afterEach(() => {
    system.slack.disturbDeliveries(undefined);
    system.lambda.disturb(undefined);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  async function expectOneAnswer(asked: Asked, inThread = 1) {
    await system.answered(asked);
    await system.slack.idle();
    await system.lambda.idle();
    expect(system.outcomes(asked)).toHaveLength(1);
    if (inThread === 1) expect(system.replies(asked)).toHaveLength(1);
    expect(system.log.filter(({ event, question }) => event === 'question.recorded' && question === asked.id)).toHaveLength(1);
    expect(system.log.filter(({ event, question }) => event === 'model.called' && question === asked.id)).toHaveLength(1);
  }

  test('R4 a first delivery that was lost is answered once, from the retry', async () => {
    system.slack.disturbDeliveries(({ retryNumber }) => (retryNumber === 0 ? [] : [0]));
    await expectOneAnswer(system.ask({ text: 'are you there?' }));
  });

  test('R5 eleven copies of a message give one answer', async () => {
    system.slack.disturbDeliveries(() => [0, 0, 0, 1, 1, 2, 5, 10, 20, 50, 100]);
    await expectOneAnswer(system.ask({ text: 'eleven times' }));
  });

  test('R6 the mention and the message of one mention, at once, late and in either order, are one question', async () => {
    let turn = 0;
    system.slack.disturbDeliveries(() => {
      turn += 1;
      return turn % 2 === 0 ? [0, 400] : [30, 500];
    });
    await expectOneAnswer(system.ask({ text: 'twins' }));
  });

  test('an invocation that Lambda runs three times is answered once', async () => {
    system.lambda.disturb(() => ({ copies: 3 }));
    await expectOneAnswer(system.ask({ text: 'at least once' }));
  });

  test('questions that arrive while the session of their thread boots are answered in the order they were asked', async () => {
    const first = system.ask({ text: 'first' });
    const second = system.ask({ text: 'second', threadTs: first.ts });
    const third = system.ask({ text: 'third', threadTs: first.ts });
    for (const asked of [first, second, third]) await expectOneAnswer(asked, 3);
    const ends = [first, second, third].map((asked) => Number(system.outcomes(asked)[0]?.ts));
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    const closed = system.log.filter(({ event }) => event === 'question.answered').map(({ question }) => question);
    expect(closed.slice(-3)).toEqual([first.id, second.id, third.id]);
  });

  test('an invocation that never arrives is brought back by the sweeper', async () => {
    let isFirst = true;
    system.lambda.disturb(({ functionName }) => {
      if (functionName !== 'invoker' || !isFirst) return undefined;
      isFirst = false;
      return { drop: true };
    });
    const asked = system.ask({ text: 'lost on the way' });
    await expectOneAnswer(asked);
    await system.until(() => system.log.some(({ event, question }) => event === 'question.resent' && question === asked.id), 'the sweeper');
  });
});

describe('who is answered', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(scriptedModel((request) => `I got: ${JSON.stringify(request.messages.at(-1)?.content)}`));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  test('R7 own messages are ignored, also after the bot was renamed', async () => {
    system.slack.renameBot('Someone Else');
    const asked = system.ask({ text: 'hello', channel: 'D0ANN' });
    await system.answered(asked);
    await system.slack.idle();
    expect(system.log.filter(({ event }) => event === 'question.recorded')).toHaveLength(1);
    await system.until(
      () => system.log.some(({ event, reason }) => event === 'event.ignored' && reason === 'our own message'),
      'the refusal',
    );
  });

  test('R8 another bot that mentions us is ignored', async () => {
    system.slack.post({ user: 'U0DEPLOY', channel: 'C0OPS', text: '<@U0VERA> deploy finished' });
    await system.slack.idle();
    await system.until(() => system.log.some(({ event, reason }) => event === 'event.ignored' && reason === 'another bot'), 'the refusal');
    expect(system.slack.messages('C0OPS').filter(({ user }) => user === 'U0VERA')).toEqual([]);
  });

  test('R9 a file uploaded in a direct message reaches the agent', async () => {
    const bytes = new TextEncoder().encode('the secret ingredient is cardamom');
    const asked = system.ask({
      text: 'what is in this?',
      channel: 'D0ANN',
      files: [{ name: 'recipe.txt', mimetype: 'text/plain', bytes }],
    });
    expect(system.text(await system.answered(asked))).toContain('cardamom');
  });

  test('in a channel shared with another company neither the model nor a tool is asked', async () => {
    const before = system.bedrock.requests.length;
    const asked = system.ask({ text: 'what do your documents say?', channel: 'C0SHARED', user: 'U0EXT' });
    expect(system.text(await system.answered(asked))).toContain('I look nothing up');
    expect(system.bedrock.requests).toHaveLength(before);
  });
});
