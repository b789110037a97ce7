import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { whyActionId, whyInputId, whyValueOf } from '@vera/protocol/action';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerOf } from '../support/ledger-of.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';

/** Looks up what is asked, then answers with what it has seen, so that a test can tell what reached the model. */
const model = scriptedModel((request) => {
  const last = request.messages.at(-1);
  const results = last?.content.flatMap((block) => ('toolResult' in block ? [JSON.stringify(block.toolResult)] : [])) ?? [];
  const asked = JSON.stringify(last?.content ?? []);
  if (results.length > 0) return `The tray is at the back [1]. Turns: ${request.messages.length}.`;
  if (asked.includes('printer')) return [{ call: 'search_knowledge_base', input: { query: 'printer paper jam' } }];
  return `I see ${request.messages.length} turns: ${request.messages.map(({ content }) => JSON.stringify(content)).join(' ')}`;
});

describe('a conversation', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(model);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  test('R12 a question in a channel is answered once, in its thread, streamed to the asker, with sources and feedback buttons', async () => {
    const asked = system.ask({ text: 'the printer has a paper jam' });
    const replies = await system.answered(asked);
    expect(system.outcomes(asked)).toHaveLength(1);
    expect(system.text(replies)).toContain('The tray is at the back [1]');
    expect(replies.every((reply) => reply.thread_ts === asked.ts)).toBe(true);
    const start = system.slack.calls.find(({ method }) => method === 'chat.startStream');
    expect(start?.args).toMatchObject({ thread_ts: asked.ts, recipient_user_id: 'U0ANN', recipient_team_id: 'T0TEST' });
    const blocks = JSON.stringify(replies.at(-1)?.blocks);
    expect(blocks).toContain('http://documents.test/printer.md');
    expect(blocks).toContain('feedback_buttons');
  });

  test('R11 a follow-up meets the same session and the history of its thread, and no other thread', async () => {
    const first = system.ask({ text: 'remember the number 4711', channel: 'D0ANN' });
    const other = system.ask({ text: 'what was the number?', channel: 'D0BOB', user: 'U0BOB' });
    await Promise.all([system.answered(first), system.answered(other)]);
    const second = system.ask({ text: 'what was the number?', channel: 'D0ANN', threadTs: first.ts });
    expect(system.text(await system.answered(second))).toContain('4711');
    expect(system.text(system.replies(other))).not.toContain('4711');
    const session = (id: string) => system.log.find(({ event, question }) => event === 'question.invoked' && question === id)?.session;
    expect(session(second.id)).toBe(session(first.id));
    expect(session(other.id)).not.toBe(session(first.id));
    expect(session(first.id)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('thanks get a reaction, and nothing else: no answer, no status, nothing to sweep up', async () => {
    const asked = system.ask({ text: 'hello' });
    await system.answered(asked);
    const before = system.slack.messages(asked.channel, asked.ts).length;
    const from = system.slack.calls.length;
    const thanks = system.slack.post({ user: 'U0ANN', channel: asked.channel, threadTs: asked.ts, text: 'thank you! 🙏' });
    const posted = () => system.slack.messages(asked.channel, asked.ts).find(({ ts }) => ts === thanks.ts);
    await system.until(() => posted()?.reactions !== undefined, 'a reaction');
    const isClosed = () => system.log.some(({ event, code }) => event === 'question.answered' && code === 'thanks');
    await system.until(isClosed, 'a closed record');
    expect(posted()?.reactions).toEqual([{ name: 'heart', users: ['U0VERA'], count: 1 }]);
    expect(system.slack.messages(asked.channel, asked.ts)).toHaveLength(before + 1);
    // The end of the answer's own status comes last.
    const seen = system.slack.calls.slice(from).filter(({ args }) => args.status !== 'active');
    expect(seen.map(({ method }) => method).filter((method) => /^(?:chat|agents|assistant)\./.test(method))).toEqual([]);
  });

  test('a click on a feedback button is recorded', async () => {
    const asked = system.ask({ text: 'hello' });
    const reply = (await system.answered(asked)).at(-1);
    const clicked = await system.slack.click({
      user: 'U0BOB',
      channel: asked.channel,
      messageTs: reply?.ts ?? '',
      actionId: 'feedback',
      value: `good:${asked.ts}`,
    });
    expect(clicked.status).toBe(200);
    await system.until(
      () => system.log.some(({ event, message }) => event === 'feedback.recorded' && message === asked.ts),
      'the feedback',
    );
  });

  test('whoever thinks an answer bad is asked why, alone, and what they say is kept with their rating, and in no log', async () => {
    const asked = system.ask({ text: 'hello' });
    const reply = (await system.answered(asked)).at(-1);
    const shown = system.replies(asked).length;
    const place = { user: 'U0BOB', channel: asked.channel };
    const press = (messageTs: string, actionId: string, value: string, values = {}) =>
      system.slack.click({ ...place, messageTs, actionId, value, values });
    await press(reply?.ts ?? '', 'feedback', `bad:${asked.ts}`);
    const [question] = system.slack.ephemerals('U0BOB').filter(({ thread_ts }) => thread_ts === asked.threadTs);
    const send = { actionId: whyActionId, value: whyValueOf({ threadTs: asked.threadTs, messageTs: asked.ts }) };
    const words = 'It greets nobody by name';
    const typed = { [whyInputId]: { [whyInputId]: words } };
    expect((await press(question?.ts ?? '', send.actionId, send.value, typed)).status).toBe(200);
    expect(await ledgerOf(system)(asked)).toMatchObject({ feedback: { U0BOB: 'bad' }, feedbackReasons: { U0BOB: words } });
    expect(system.slack.ephemerals('U0BOB').find(({ ts }) => ts === question?.ts)?.text).toMatch(/^Thank you/);
    expect(system.slack.ephemerals('U0ANN')).toEqual([]);
    expect(system.replies(asked)).toHaveLength(shown);
    expect(system.lines.join('\n')).not.toContain(words);
  });
});
