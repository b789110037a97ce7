import { outsiderWords } from '@vera/slack/outsider-words';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { form } from './started-card.ts';
import { startedReceiver } from './started-receiver.ts';

type Receiver = Awaited<ReturnType<typeof startedReceiver>>;

const wordsOf = (body: string | undefined) => (JSON.parse(body ?? '{}') as { text?: string }).text ?? '';

async function said(receiver: Receiver, text: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const reply = await receiver.post(envelopes.command(text, more), form);
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(reply.body ?? '')).toMatchObject({ response_type: 'ephemeral' });
  return wordsOf(reply.body);
}

describe('the slash command', () => {
  it('F23 asked for help says at once what Vera can do, and looks nothing up: not in a private channel, not in other people’s messages', async () => {
    await using receiver = await startedReceiver();
    for (const place of [
      { channel_id: 'C01', channel_name: 'ops' },
      { channel_id: 'G01', channel_name: 'privategroup' },
      { channel_id: 'D02', channel_name: 'directmessage' },
    ]) {
      for (const text of ['help', '', '  HELP ']) expect(await said(receiver, text, place)).toContain('What I can do here');
    }
    expect(receiver.awsCalls.calls).toEqual([]);
    expect(receiver.forwarded).toEqual([]);
    expect(receiver.told).toEqual([]);
  });

  it.each([
    ['mention', 'mention me again'],
    ['asker', 'whoever asked last needs no mention'],
    ['thread', 'nobody needs a mention'],
  ] as const)('F23 help says how to go on where %s is set, and how to stop', async (followUps, words) => {
    await using receiver = await startedReceiver({ followUps });
    const help = await said(receiver, 'help');
    expect(help).toContain(words);
    expect(help).toContain('press _Stop_');
  });

  it.each(['connect', 'forget', 'status'] as const)(
    'F23 %s is handed on before Slack is answered, with the way back, and never asks the ledger',
    async (wish) => {
      await using receiver = await startedReceiver();
      receiver.dynamoDb.inject({ kind: 'unavailable', operation: 'Query', times: Number.POSITIVE_INFINITY });
      expect(await said(receiver, wish)).toContain('One moment');
      const responseUrl = 'https://hooks.slack.com/commands/T01/1/abc';
      expect(receiver.forwarded).toMatchObject([{ kind: 'errand', wish, teamId: 'T01', userId: 'U01', responseUrl }]);
      expect(receiver.awsCalls.calls).toEqual([]);
      expect(receiver.lines.join()).not.toContain('hooks.slack.com');
    },
  );

  it('says so when nobody could be handed it, or when there is no way back', async () => {
    await using receiver = await startedReceiver({ forward: () => Promise.reject(new Error('throttled')) });
    expect(await said(receiver, 'status')).toContain('could not look that up');
    expect(receiver.events()).toEqual(['errand.forward-failed']);
    await using deaf = await startedReceiver();
    expect(await said(deaf, 'status', { response_url: '' })).toContain('could not look that up');
    expect(deaf.forwarded).toEqual([]);
  });

  it('with a question in it tells how to ask, and the text to send: nothing in it mentions anybody or leaves its block', async () => {
    await using receiver = await startedReceiver();
    const words = await said(receiver, 'who is <!here> & what ```is``` _this_?');
    expect(words).toContain("```@Vera who is &lt;!here&gt; &amp; what '''is''' _this_?```");
    expect(words.match(/```/g)).toHaveLength(2);
    expect((await said(receiver, '<'.repeat(12_000))).length).toBeLessThan(12_000);
    expect(receiver.forwarded).toEqual([]);
  });

  it('F16 says to everybody what Vera does not do for whom', async () => {
    await using receiver = await startedReceiver();
    for (const text of ['help', 'who is on call?']) expect(await said(receiver, text)).toContain(outsiderWords);
  });

  it('speaks of itself by the name under which it was called', async () => {
    await using receiver = await startedReceiver();
    const words = await said(receiver, 'help', { command: '/iris' });
    expect(words).toContain('`@Iris`');
    expect(words).toContain('`/iris connect`');
  });

  it('R1 unsigned is refused like anything else, and one of nobody is not taken', async () => {
    await using receiver = await startedReceiver();
    expect(await receiver.post(envelopes.command('help'), { ...form, signature: null })).toMatchObject({ status: 401 });
    expect(await receiver.post(envelopes.command('help', { user_id: '' }), form)).toMatchObject({ status: 400 });
  });
});

describe('the home tab', () => {
  const opened = (tab: string, channel = 'D01') =>
    envelopes.of({ type: 'app_home_opened', user: 'U01', channel, tab, event_ts: '1771460700.333100' });

  it('is made by a worker each time it is opened, or its button pressed', async () => {
    await using receiver = await startedReceiver();
    expect(await receiver.post(opened('home'))).toEqual({ status: 200 });
    expect(await receiver.post(opened('home'))).toEqual({ status: 200 });
    expect(await receiver.post(envelopes.homeButton('home.accounts'), form)).toEqual({ status: 200 });
    expect(receiver.forwarded).toMatchObject([{ wish: 'home' }, { wish: 'home' }, { wish: 'home-link', userId: 'U01' }]);
    expect(receiver.awsCalls.calls).toEqual([]);
  });

  it('and direct messages: prompts are put there once, not at each opening', async () => {
    await using receiver = await startedReceiver();
    for (const channel of ['D01', 'D01', 'D02', 'D01']) expect(await receiver.post(opened('messages', channel))).toEqual({ status: 200 });
    expect(receiver.forwarded).toMatchObject([{ channelId: 'D01' }, { channelId: 'D02' }]);
  });

  it('and prompts are put there anew where another channel is looked at', async () => {
    await using receiver = await startedReceiver();
    const looked = (value: string) =>
      envelopes.of({
        type: 'app_context_changed',
        user: 'U01',
        channel: 'D01',
        context: { entities: [{ type: 'x', value }] },
        event_ts: '1.1',
      });
    for (const channel of ['C01', 'C01', 'C02', 'C01']) expect(await receiver.post(looked(channel))).toEqual({ status: 200 });
    expect(receiver.forwarded).toMatchObject([{ viewedId: 'C01' }, { viewedId: 'C02' }, { viewedId: 'C01' }]);
  });

  it('is sent again by Slack when nobody could be handed it, prompts too', async () => {
    let isDown = true;
    await using receiver = await startedReceiver({
      forward: async () => {
        if (isDown) throw new Error('throttled');
      },
    });
    expect(await receiver.post(opened('home'))).toEqual({ status: 500 });
    expect(await receiver.post(opened('messages'))).toEqual({ status: 500 });
    isDown = false;
    expect(await receiver.post(opened('messages'))).toEqual({ status: 200 });
    expect(receiver.forwarded).toHaveLength(3);
  });
});

describe('"Ask Vera about this"', () => {
  it('is recorded once however often its click arrives, and sent on', async () => {
    await using receiver = await startedReceiver();
    for (let copies = 0; copies < 3; copies += 1) expect(await receiver.post(envelopes.shortcut(), form)).toEqual({ status: 200 });
    expect(receiver.forwarded).toMatchObject([{ kind: 'question', userId: 'U01', threadTs: '1766458026.240809', shortcut: {} }]);
    expect(await receiver.recorded()).toHaveLength(1);
    expect(receiver.lines.join()).not.toMatch(/hooks\.slack\.com|burns/);
  });

  it('is shown as failed by Slack when the ledger is down: it does not come again', async () => {
    await using receiver = await startedReceiver();
    receiver.dynamoDb.inject({ kind: 'unavailable', operation: 'PutItem' });
    expect(await receiver.post(envelopes.shortcut(), form)).toEqual({ status: 500 });
    expect(receiver.forwarded).toEqual([]);
  });
});
