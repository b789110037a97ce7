import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, platform, startTestSystem, type TestSystem } from '../support/test-system.ts';

const sentence = (number: number) => `This is sentence number ${number} of a long answer. `;
const longText = Array.from({ length: 60 }, (_, index) => sentence(index + 1)).join('');

describe('an answer that is interrupted', () => {
  let system: TestSystem;
  let turns: ((question: string) => ScriptedTurn)[] = [];
  beforeAll(async () => {
    const model = scriptedModel((request) => (turns.shift() ?? (() => 'Fine.'))(JSON.stringify(request.messages.at(-1))));
    system = await startTestSystem(model, { worker: { sessionScope: 'workspace' } });
    await system.answered(system.ask({ text: 'warm up' }));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  const modelCalls = ({ id }: Asked) => system.log.filter(({ event, question }) => event === 'model.called' && question === id).length;
  const hasBegun = (asked: Asked) => system.replies(asked).some(({ markdown }) => (markdown ?? '').length > 0);

  test('R14 the stream dies at 60 %: the rest is delivered, each sentence once, and the agent ran once', async () => {
    turns = [
      () => [
        { say: longText.slice(0, 1_500), pieceLength: 100, pauseMilliseconds: 20 },
        { pauseMilliseconds: 1_500 },
        longText.slice(1_500),
      ],
    ];
    const asked = system.ask({ text: 'tell me at length' });
    await system.until(() => (system.replies(asked)[0]?.markdown ?? '').length > 500, 'the first half');
    system.slack.advance(310_000);
    // The message that died may end anywhere between two words.
    const text = system.text(await system.answered(asked)).replace(/\s+/g, ' ');
    for (let number = 1; number <= 60; number += 1) expect(text.split(sentence(number).trim()), `sentence ${number}`).toHaveLength(2);
    expect(modelCalls(asked)).toBe(1);
    expect(system.outcomes(asked)).toHaveLength(1);
  });

  test('Stop ends a streaming answer: what was said stays, marked as stopped', async () => {
    turns = [() => [{ say: longText, pieceLength: 20, pauseMilliseconds: 300 }]];
    const asked = system.ask({ text: 'I will stop this' });
    await system.until(() => hasBegun(asked), 'the beginning');
    system.slack.stop({ user: 'U0ANN', channel: asked.channel, threadTs: asked.threadTs });
    const text = system.text(await system.answered(asked));
    expect(text).toContain('Stopped.');
    expect(text).not.toContain(sentence(60).trim());
    expect(system.outcomes(asked)[0]?.metadata?.event_payload.outcome).toBe('stopped');
  });

  test('Stop also ends an answer that has not begun', async () => {
    turns = [() => [{ hang: true }]];
    const asked = system.ask({ text: 'this hangs' });
    await system.until(() => system.slack.session(asked.channel, asked.threadTs)?.status === 'processing', 'the status');
    system.slack.stop({ user: 'U0ANN', channel: asked.channel, threadTs: asked.threadTs });
    expect(system.text(await system.answered(asked))).toContain('_Stopped');
    await system.until(() => system.slack.session(asked.channel, asked.threadTs)?.status === 'active', 'the end of the status');
  });

  test('R26 questions of two people at once in one process do not mix', async () => {
    const echo = (question: string) => [{ pauseMilliseconds: 100 }, `You said ${/echo-\w+/.exec(question)?.[0]}.`];
    turns = Array.from({ length: 20 }, () => echo);
    const people = ['U0ANN', 'U0BOB'];
    const asked = Array.from({ length: 20 }, (_, index) => ({
      word: `echo-${index}x`,
      user: people[index % 2] ?? '',
      question: system.ask({ text: `echo-${index}x please`, user: people[index % 2] ?? '' }),
    }));
    for (const { word, question } of asked) {
      const text = system.text(await system.answered(question));
      expect(text).toContain(`You said ${word}.`);
    }
    const recipients = system.slack.calls
      .filter(({ method }) => method === 'chat.startStream')
      .map(({ args }) => [args.thread_ts, args.recipient_user_id]);
    for (const { user, question } of asked) expect(recipients).toContainEqual([question.threadTs, user]);
  });

  // Nobody ends a Lambda in the middle of an event.
  test.skipIf(platform === 'lambda')(
    'D7 SIGTERM: an answer nearly done is finished; one that is not is taken up again by the next process',
    async () => {
      turns = [
        () => [{ say: longText.slice(0, 400), pieceLength: 40, pauseMilliseconds: 100 }],
        () => [{ hang: true }],
        () => 'Answered by the second process.',
      ];
      const nearlyDone = system.ask({ text: 'nearly done' });
      await system.until(() => hasBegun(nearlyDone), 'the beginning');
      const hanging = system.ask({ text: 'hangs for good' });
      await system.until(
        () => system.log.some(({ event, question }) => event === 'question.leased' && question === hanging.id),
        'the lease',
      );
      const session = system.agentCore.sessions[0];
      system.agentCore.kill(session?.id ?? '', 'SIGTERM');
      await system.answered(nearlyDone);
      expect(system.text(system.replies(nearlyDone))).toContain(longText.slice(0, 400).trim());
      expect(system.text(await system.answered(hanging))).toBe('Answered by the second process.');
      // Told while it was given back; taken away by who went on.
      const told = system.slack.calls.filter(({ args }) => JSON.stringify(args).includes('I am being restarted and will go on'));
      expect(told.map(({ args }) => args.thread_ts)).toEqual([hanging.threadTs]);
      expect(system.log.some(({ event, question }) => event === 'question.released' && question === hanging.id)).toBe(true);
      expect(system.outcomes(hanging)).toHaveLength(1);
      expect(system.replies(hanging)).toHaveLength(1);
    },
  );
});
