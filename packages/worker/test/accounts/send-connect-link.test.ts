import { connectLinkOf, readTicket } from '@vera/accounts/portal-ticket';
import type { Question } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { describe, expect, test } from 'vitest';
import { createSendConnectLink } from '../../src/accounts/send-connect-link.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';

const ticketKey = 'a-key-of-thirty-two-characters-x';
const portalUrl = 'https://abc.lambda-url.eu-central-1.on.aws/';
const now = 1_766_458_030_000;

async function start() {
  const slack = await createSlackEmulator({ workspace: northwind });
  let links = 0;
  const send = createSendConnectLink({
    call: createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` }),
    linkFor: async (person) => connectLinkOf(person, { key: ticketKey, portalUrl, id: `link-${++links}`, now }),
  });
  const root = slack.post({ user: 'UBOB', channel: 'COPS', text: 'the printer is on fire' });
  return {
    slack,
    send,
    /** Asked by Ann in Bob's thread. */
    reply(changes: Partial<Question> = {}) {
      const { ts } = slack.post({ user: 'UANN', channel: 'COPS', threadTs: root.ts, text: '<@UVERA> open a ticket' });
      return questionOf({ messageTs: ts, threadTs: root.ts, ...changes });
    },
    shown: (user = 'UANN') => slack.ephemerals(user),
    methods: () => slack.calls.map(({ method }) => method),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
}

function ticketIn(text: string) {
  const [, link = ''] = /<(https:[^|]+)\|open your accounts>/.exec(text) ?? [];
  const reading = readTicket(ticketKey, new URL(link).searchParams.get('ticket') ?? '', now);
  return { link, ticket: reading.kind === 'valid' ? reading.ticket : reading.kind };
}

describe('a link to one’s accounts', () => {
  test('is shown to the asker alone, in the thread, as text and as a button, and made for nobody else', async () => {
    await using started = await start();
    const question = started.reply();
    await started.send(question, 'open a ticket');
    const [message, ...more] = started.shown();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ channel: 'COPS', thread_ts: question.threadTs });
    const { link, ticket } = ticketIn(message?.text ?? '');
    expect(ticket).toMatchObject({ person: { teamId: 'T01', userId: 'UANN' }, id: 'link-1' });
    expect(message?.text).toMatch(/^To open a ticket I need your own account: <https:.*Only you can see this link/);
    expect(message?.blocks).toMatchObject([
      { type: 'section', text: { type: 'mrkdwn', text: message?.text }, accessory: { type: 'button', url: link, style: 'primary' } },
    ]);
    expect(started.shown('UBOB')).toEqual([]);
    expect(JSON.stringify(started.slack.messages('COPS', question.threadTs))).not.toContain('ticket=');
  });

  test('is another one each time', async () => {
    await using started = await start();
    for (let times = 0; times < 2; times += 1) await started.send(started.reply());
    const [first, second] = started.shown().map(({ text }) => ticketIn(text));
    expect(first?.link).not.toBe(second?.link);
    expect([first?.ticket, second?.ticket]).toMatchObject([{ id: 'link-1' }, { id: 'link-2' }]);
  });

  test.each(['COPS', 'DANN'])(
    'stands below a question in %s that opens its thread, where Slack would not show it in the thread',
    async (channelId) => {
      await using started = await start();
      const { ts } = started.slack.post({ user: 'UANN', channel: channelId, text: '<@UVERA> connect my accounts' });
      await started.send(questionOf({ messageTs: ts, channelId, isDirect: channelId === 'DANN' }));
      const [message] = started.shown();
      expect(message?.channel).toBe(channelId);
      expect(message).not.toHaveProperty('thread_ts');
      expect(message?.text).toMatch(/^Here you see and connect your accounts: </);
    },
  );

  test('is not made for another company’s person, nor in a channel shared with one: Slack is not even asked', async () => {
    await using started = await start();
    const external = started.reply({ isExternal: true });
    await expect(started.send(external)).rejects.toMatchObject({ code: 'connect-link', reason: 'external' });
    expect(started.methods()).toEqual([]);
  });

  test.each(['UDEPLOY', 'B77'])('is not made for a bot that was allowed to ask: %s', async (userId) => {
    await using started = await start();
    await expect(started.send(started.reply({ userId }))).rejects.toMatchObject({ code: 'connect-link', reason: 'bot' });
    expect(started.methods()).not.toContain('chat.postEphemeral');
  });

  test.each(['user_not_in_channel', 'not_in_channel', 'is_archived', 'messages_tab_disabled'])(
    'that Slack cannot show there, as %s, is not shown anywhere else',
    async (error) => {
      await using started = await start();
      started.slack.inject({ method: 'chat.postEphemeral', kind: 'error', error });
      await expect(started.send(started.reply())).rejects.toMatchObject({ code: 'connect-link', reason: 'hidden' });
      expect(started.methods()).toEqual(['users.info', 'chat.postEphemeral']);
      expect(started.shown()).toEqual([]);
    },
  );

  test('that Slack refuses for another reason may be taken the next time', async () => {
    await using started = await start();
    started.slack.inject({ method: 'chat.postEphemeral', kind: 'error', error: 'message_limit_exceeded' });
    await expect(started.send(started.reply())).rejects.toMatchObject({ reason: 'unavailable' });
    await started.send(started.reply());
    expect(started.shown()).toHaveLength(1);
  });

  test('survives an answer that got lost, and is the same link then', async () => {
    await using started = await start();
    started.slack.inject({ method: 'chat.postEphemeral', kind: 'lost-response' });
    await started.send(started.reply());
    expect(new Set(started.shown().map(({ text }) => text)).size).toBe(1);
  });

  test('is in no log, whatever went wrong', async () => {
    await using started = await start();
    const lines: string[] = [];
    const log = createLog({ service: 'test', write: (line) => void lines.push(line), debugEnabled: true });
    const failures = [
      { method: 'chat.postEphemeral', kind: 'error', error: 'invalid_blocks' },
      { method: 'chat.postEphemeral', kind: 'lost-response', times: 10 },
      { method: 'users.info', kind: 'error', error: 'user_not_found' },
    ] as const;
    for (const failure of failures) {
      started.slack.inject(failure);
      await started.send(started.reply()).then(
        () => expect.unreachable(),
        (error: unknown) => log.error('connect-link.failed', { error }),
      );
    }
    expect(lines).toHaveLength(3);
    expect(lines.join()).toMatch(/invalid_blocks.*no answer.*user_not_found/);
    expect(lines.join()).not.toMatch(/ticket|lambda-url|eyJ/);
  });
});
