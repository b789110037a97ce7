import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPortalVisitor } from '../support/portal-visitor.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';

const model = scriptedModel((request) => `I see ${JSON.stringify(request.messages.at(-1)?.content)}`);

describe('ways in beside a message', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem(model);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  const command = (text: string, channel = 'C0OPS') => system.slack.command({ user: 'U0ANN', channel, name: '/vera', text });
  const read = (user = 'U0ANN') =>
    system.slack
      .ephemerals(user)
      .map(({ text }) => text)
      .join('\n---\n');

  test('F23 the slash command says what Vera can do, how things stand, and brings a link, to this person alone', async () => {
    expect(await command('help')).toEqual({ status: 200 });
    expect(read()).toContain('What I can do here');
    expect(await command('status')).toEqual({ status: 200 });
    await system.until(() => read().includes('I am up and running'), 'the status');
    expect(read()).toContain('*Atlassian* (Jira and Confluence): not connected');
    expect(await command('connect')).toEqual({ status: 200 });
    await system.until(() => read().includes('open your accounts'), 'the link');
    const [, link = ''] = /<(http[^|]+)\|open your accounts>/.exec(read()) ?? [];
    expect(await createPortalVisitor(system, 'U0ANN').signIn(link)).toMatch(
      /Atlassian.*<bdi>.+<\/bdi> \(U0ANN\).*<bdi>.+<\/bdi> \(T0TEST\)/s,
    );
    expect(read('U0BOB')).toBe('');
    expect(system.slack.messages('C0OPS')).toEqual([]);
    expect(system.lines.join('\n')).not.toMatch(/\/commands\/|ticket=/);
  });

  test('F23 a slow ledger keeps nobody waiting: Slack is answered at once, the words come later', async () => {
    system.dynamoDb.inject({ kind: 'delay', operation: 'Query', milliseconds: 4_000, times: 2 });
    const before = performance.now();
    expect(await command('status', 'D0ANN')).toEqual({ status: 200 });
    expect(performance.now() - before).toBeLessThan(3_000);
    const seen = () =>
      system.slack.ephemerals('U0ANN').filter(({ channel, text }) => channel === 'D0ANN' && text.includes('up and running'));
    await system.until(() => seen().length === 1, 'the status');
  });

  test('"Ask Vera about this" is answered once in the thread of the message, with the message', async () => {
    const message = system.slack.post({ user: 'U0BOB', channel: 'C0OPS', text: 'The settlement lags since noon' });
    expect(await system.slack.shortcut({ user: 'U0ANN', channel: 'C0OPS', ts: message.ts, callbackId: 'ask-about-message' })).toEqual({
      status: 200,
    });
    const replies = () => system.slack.messages('C0OPS', message.ts).filter(({ user }) => user === system.slack.workspace.botUserId);
    await system.until(() => system.log.some(({ event }) => event === 'question.answered'), 'the answer');
    expect(system.text(replies())).toContain('<@U0ANN> asked me about this message.');
    expect(system.text(replies())).toContain('The settlement lags since noon');
    expect(replies()).toHaveLength(1);
  });

  test('"How this came about" shows who asked, and nobody else, what was used and how long it took', async () => {
    const asked = system.ask({ text: 'how did this come about?' });
    await system.answered(asked);
    const [answer] = system.replies(asked);
    const explain = (user: string, ts: string) => system.slack.shortcut({ user, channel: 'C0OPS', ts, callbackId: 'explain-answer' });
    expect(await explain('U0ANN', answer?.ts ?? '')).toEqual({ status: 200 });
    await system.until(() => read().includes('How this came about'), 'the explanation');
    expect(read()).toMatch(/It was answered after .* s.*I asked the language model once: [\d,]+ tokens/s);
    expect(read()).toContain(asked.id);
    expect(await explain('U0BOB', asked.ts)).toEqual({ status: 200 });
    await system.until(() => read('U0BOB').includes('This was asked by <@U0ANN>'), 'the words for somebody else');
    expect(read('U0BOB')).not.toContain('tokens');
    expect(system.replies(asked)).toHaveLength(1);
  });

  test('the home tab shows accounts, its button brings a link, and it is only that person’s', async () => {
    const home = () => JSON.stringify(system.slack.home('U0ANN') ?? {});
    system.slack.openHome({ user: 'U0ANN', tab: 'home' });
    await system.until(() => home().includes('Your accounts'), 'the home tab');
    expect(home()).not.toContain('ticket=');
    expect(await system.slack.pressHome({ user: 'U0ANN', actionId: 'home.accounts', value: '' })).toEqual({ status: 200 });
    await system.until(() => home().includes('ticket='), 'the link');
    expect(system.slack.home('U0BOB')).toBeUndefined();
  });

  test('opened direct messages get prompts once', async () => {
    const prompts = () => system.slack.calls.filter(({ method }) => method === 'assistant.threads.setSuggestedPrompts');
    for (let times = 0; times < 3; times += 1) {
      system.slack.openHome({ user: 'U0ANN', tab: 'messages' });
      await system.slack.idle();
    }
    await system.until(() => prompts().length > 0, 'the prompts');
    expect(prompts()).toMatchObject([{ args: { channel_id: 'D0ANN' }, response: { ok: true } }]);
  });
});
