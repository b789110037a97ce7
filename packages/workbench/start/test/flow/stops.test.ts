import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, platform, startTestSystem, type TestSystem } from '../support/test-system.ts';

const longText = 'One more sentence of a long answer. '.repeat(200);

// On Lambda it is the heartbeat that notices it.
describe('a stop, in a system whose heartbeat would not notice it', { skip: platform === 'lambda' }, () => {
  let system: TestSystem;
  const turn: ScriptedTurn = [{ say: longText, pieceLength: 40, pauseMilliseconds: 100 }];
  beforeAll(async () => {
    const model = scriptedModel((request) => (JSON.stringify(request.messages.at(-1)).includes('warm up') ? 'Fine.' : turn));
    const timings = { receiverGrace: 60, sweeperGrace: 60, lease: 200, heartbeat: 100 };
    system = await startTestSystem(model, { timings, worker: { sessionScope: 'user' } });
    await system.answered(system.ask({ text: 'warm up' }));
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  const begun = async (text: string, channel = 'C0OPS') => {
    const asked = system.ask({ text, channel });
    await system.until(() => system.replies(asked).some(({ markdown }) => (markdown ?? '').length > 0), 'the beginning');
    return asked;
  };
  const answerOf = (asked: Asked) => ({ channel: asked.channel, ts: system.replies(asked)[0]?.ts ?? '' });
  const stops: [string, string, (asked: Asked) => void][] = [
    ['a word', 'C0OPS', ({ channel, ts }) => void system.slack.post({ user: 'U0ANN', channel, threadTs: ts, text: 'Stop!' })],
    ['a word beside the thread', 'D0ANN', ({ channel }) => void system.slack.post({ user: 'U0ANN', channel, text: 'stopp' })],
    ['🛑 on the question', 'C0OPS', ({ channel, ts }) => system.slack.react({ user: 'U0ANN', channel, ts, name: 'octagonal_sign' })],
    ['🛑 on the answer', 'C0OPS', (asked) => system.slack.react({ user: 'U0ANN', ...answerOf(asked), name: 'octagonal_sign' })],
    ['Slack’s own', 'C0OPS', ({ channel, ts }) => system.slack.stop({ user: 'U0ANN', channel, threadTs: ts })],
  ];

  test.each(stops)('by %s ends it within seconds, is no question, and the session is set back', async (_, channel, stop) => {
    const asked = await begun('tell me at length', channel);
    stop(asked);
    const text = system.text(await system.answered(asked, 20_000));
    expect(text).toContain('_Stopped._');
    expect(text.length).toBeLessThan(longText.length);
    await system.until(() => system.slack.session(asked.channel, asked.threadTs)?.status === 'active', 'the end of the status');
    await system.slack.idle();
    expect(system.replies(asked).filter(({ text: said }) => said.includes('nothing left'))).toEqual([]);
  });

  test('by somebody else changes nothing, and only they are told so', async () => {
    const asked = await begun('tell me at length');
    system.slack.stop({ user: 'U0BOB', channel: asked.channel, threadTs: asked.threadTs });
    await system.until(
      () => system.slack.ephemerals('U0BOB').some(({ text }) => text.includes('Only <@U0ANN> can stop this')),
      'the words',
    );
    const before = system.text(system.replies(asked)).length;
    await system.until(() => system.text(system.replies(asked)).length > before, 'more of the answer');
    system.slack.react({ user: 'U0ANN', channel: asked.channel, ts: asked.ts, name: 'octagonal_sign' });
    await system.answered(asked, 20_000);
  });
});
