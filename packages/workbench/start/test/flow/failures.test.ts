import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failuresQueues, names } from '../../src/names.ts';
import { impatient, platform, startTestSystem, type TestSystem } from '../support/test-system.ts';

const secretText = 'xoxb-1234-secret arn:aws:bedrock:us-east-1:123456789012:inference-profile/hidden';

describe('the person always hears back', () => {
  let system: TestSystem;
  let turns: (call: number) => ScriptedTurn = () => 'Fine.';
  let calls = 0;
  beforeAll(async () => {
    const model = scriptedModel(() => {
      calls += 1;
      return turns(calls);
    });
    system = await startTestSystem(model, { worker: { sessionScope: 'workspace' } });
  });
  beforeEach(() => {
    calls = 0;
    system.bedrock.reset();
    turns = () => 'Fine.';
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  async function heard(text = 'anything'): Promise<string> {
    const asked = system.ask({ text });
    const replies = await system.answered(asked);
    expect(system.outcomes(asked)).toHaveLength(1);
    const words = system.text(replies);
    expect(words).not.toContain('xoxb');
    expect(words).not.toContain('arn:aws');
    return words;
  }

  test('R23 an error with a secret and an ARN in its text becomes a category, advice and an id', async () => {
    system.bedrock.inject({ kind: 'validation', message: `Something odd: ${secretText}` });
    const words = await heard();
    expect(words).toMatch(/did not expect.*ask again/s);
    expect(words).toMatch(/Question q-[0-9a-f]{16}/);
    expect(system.lines.join('\n')).not.toContain('xoxb-1234');
  });

  test('a model that is throttled for good says so', async () => {
    system.bedrock.inject({ kind: 'throttled', times: 10 });
    expect(await heard()).toMatch(/more requests than it can take/);
  });

  test('a model that is throttled once answers all the same', async () => {
    system.bedrock.inject({ kind: 'throttled', times: 1 });
    expect(await heard()).toContain('Fine.');
  });

  test('access denied is told as something asking again does not help', async () => {
    system.bedrock.inject({ kind: 'access-denied' });
    expect(await heard()).toMatch(/not permitted/);
  });

  test('a thread too long for the model is told as such', async () => {
    system.bedrock.inject({ kind: 'validation', message: 'Input is too long for requested model' });
    expect(await heard()).toMatch(/more text than I can read/);
  });

  test('a model that says nothing is not taken for an answer', async () => {
    turns = () => [];
    expect(await heard()).toMatch(/gave no answer/);
  });

  test('R19 blank turns, blank tool results and garbage tool input do not stop the answer', async () => {
    turns = (call) => {
      if (call === 1) return [{ call: 'calculate', input: '{"expression": "1+' }];
      if (call === 2) return [{ call: 'no_such_tool', input: {} }];
      if (call === 3) return [{ call: 'search_knowledge_base', input: { query: 'zzzz qqqq' } }];
      return 'Answered after all.';
    };
    const root = system.slack.post({ user: 'U0BOB', channel: 'C0OPS', text: '   ' });
    system.slack.post({ user: 'U0BOB', channel: 'C0OPS', text: '\u200b', threadTs: root.ts });
    const asked = system.ask({ text: 'after blanks', threadTs: root.ts });
    expect(system.text(await system.answered(asked))).toContain('Answered after all.');
  });

  test('an endless tool loop ends with words about its length', async () => {
    turns = () => [{ call: 'calculate', input: { expression: '1+1' } }];
    expect(await heard()).toMatch(/more steps than I may take/);
  });

  test('a knowledge base that fails costs its results, not the answer', async () => {
    system.knowledgeBase.inject({ kind: 'access-denied', times: 5 });
    turns = (call) =>
      call === 1 ? [{ call: 'search_knowledge_base', input: { query: 'paper' } }] : 'I could not search, but here is what I know.';
    expect(await heard()).toContain('here is what I know');
  });

  test('text that was shown before the model failed stays, once, with the reason below it', async () => {
    turns = () => ['The first half. ', { pauseMilliseconds: 100 }, 'The second half.'];
    system.bedrock.inject({ kind: 'stream-throttled', deltas: 1 });
    const words = await heard();
    expect(words).toMatch(/more requests than it can take/);
    expect(words.match(/The first half/g)).toHaveLength(1);
  });

  // With AgentCore's own fault.
  test.skipIf(platform === 'lambda')(
    'R10 what the invoker drops lies in the failures queue and is counted: an errand, which no ledger knows, and a question',
    async () => {
      const { agentCore, lambda, slack } = system;
      const dropped = () => lambda.messagesIn(failuresQueues[names.invoker]);
      agentCore.inject({ kind: 'unavailable', times: 3 });
      await slack.command({ user: 'U0BOB', channel: 'C0OPS', name: '/vera', text: 'status' });
      await system.until(() => dropped().length === 1, 'the errand in the failures queue');
      agentCore.inject({ kind: 'unavailable', times: 3 });
      const asked = system.ask({ text: 'dropped at first' });
      await system.until(() => dropped().length === 2, 'the question in the failures queue');
      const gaveUp = { condition: 'RetriesExhausted', approximateInvokeCount: 3 };
      expect(dropped()).toMatchObject([
        { requestContext: gaveUp, requestPayload: { kind: 'errand', wish: 'status' } },
        {
          requestContext: gaveUp,
          requestPayload: { kind: 'question', id: asked.id },
          responsePayload: { errorType: 'ServiceUnavailable' },
        },
      ]);
      expect(lambda.metricsOf(names.invoker)).toEqual({ AsyncEventsDropped: 2, DestinationDeliveryFailures: 0 });
      // The question has the sweeper, too.
      expect(system.text(await system.answered(asked))).toContain('Fine.');
    },
  );
});

test.skipIf(platform === 'lambda')(
  'R10 an invoker that cannot reach the runtime: the question is tried again, then the person is told',
  async () => {
    await using system = await startTestSystem(
      scriptedModel(() => 'Fine.'),
      { timings: impatient },
    );
    system.agentCore.inject({ kind: 'unavailable', times: 1_000 });
    const asked = system.ask({ text: 'nobody home' });
    const replies = await system.answered(asked);
    expect(system.text(replies)).toMatch(/nothing of me has been free for this question/);
    expect(system.outcomes(asked)).toHaveLength(1);
    const failed = system.log.filter(({ event, question }) => event === 'question.invoke-failed' && question === asked.id);
    expect(failed.length).toBeGreaterThan(1);
  },
);
