import { describe, expect, it } from 'vitest';
import { questionIdOf, questionSchema } from '../src/question.ts';
import { messages } from './messages.ts';
import { questionIn, verdictOnEvent } from './verdict-on.ts';

describe('what is a question', () => {
  it('takes a direct message with everything the worker needs', () => {
    expect(verdictOnEvent(messages.direct())).toEqual({
      kind: 'question',
      question: {
        kind: 'question',
        id: questionIdOf({ teamId: 'T01', channelId: 'D01', messageTs: '1766458020.000100' }),
        teamId: 'T01',
        channelId: 'D01',
        threadTs: '1766458020.000100',
        messageTs: '1766458020.000100',
        userId: 'U01',
        userTeamId: 'T01',
        botUserId: 'UBOT',
        text: 'who is on call?',
        files: [],
        isDirect: true,
        isExternal: false,
      },
    });
  });

  it('takes a mention in a channel, a private group and a group conversation', () => {
    for (const channel_type of ['channel', 'group', 'mpim', undefined]) {
      expect(questionIn(messages.inChannel({ channel_type }))).toMatchObject({ isDirect: false, text: '<@UBOT> who is on call?' });
    }
  });

  it('takes a message that opens its thread and one inside a thread', () => {
    expect(questionIn(messages.mention()).threadTs).toBe('1766458026.240809');
    const reply = questionIn(messages.mention({ thread_ts: '1766450000.000001' }));
    expect(reply).toMatchObject({ threadTs: '1766450000.000001', messageTs: '1766458026.240809' });
  });

  it('leaves what is said in a channel without a mention to the people', () => {
    const ignored = { kind: 'ignore', reason: 'not addressed to us' };
    expect(verdictOnEvent(messages.inChannel({ text: 'who is on call?' }))).toEqual(ignored);
    expect(verdictOnEvent(messages.inChannel({ text: 'ask <@UBOTANIST> about it' }))).toEqual(ignored);
  });

  it('takes a bare mention, but not a direct message in which nothing is said', () => {
    expect(questionIn(messages.mention({ text: '<@UBOT>' })).text).toBe('<@UBOT>');
    expect(verdictOnEvent(messages.direct({ text: ' \n\t ' }))).toEqual({ kind: 'ignore', reason: 'nothing said' });
    expect(verdictOnEvent(messages.direct({ text: undefined }))).toEqual({ kind: 'ignore', reason: 'nothing said' });
  });

  it('F33 takes the token with which Slack searches as the asker: at the top of an event, or with its assistant thread', () => {
    const token = '1766458026.98765.abcd2358fdea';
    expect(questionIn(messages.mention({ action_token: token })).actionToken).toBe(token);
    expect(questionIn(messages.inChannel({ action_token: token })).actionToken).toBe(token);
    expect(questionIn(messages.direct({ assistant_thread: { action_token: token } })).actionToken).toBe(token);
    for (const without of [{}, { action_token: 7 }, { assistant_thread: 'x' }, { assistant_thread: {} }, { action_token: null }]) {
      expect(questionIn(messages.direct(without))).not.toHaveProperty('actionToken');
    }
  });

  it('keeps the text as Slack escaped it', () => {
    const text = 'a &lt; b &amp;&amp; <https://example.com|link> für 東京 👩‍⚕️ \u0000 <!channel>';
    expect(questionIn(messages.direct({ text })).text).toBe(text);
  });

  it('knows a channel shared with another company, and a person who belongs to one', () => {
    expect(questionIn(messages.mention(), { is_ext_shared_channel: true })).toMatchObject({ isExternal: true, userTeamId: 'T01' });
    expect(questionIn(messages.mention({ user_team: 'T99' }))).toMatchObject({ isExternal: true, userTeamId: 'T99', teamId: 'T01' });
    expect(questionIn(messages.mention({ user_team: 'T01' })).isExternal).toBe(false);
  });

  it('reads a message that was composed beside another message (agent view)', () => {
    const app_context = { entities: [{ type: 'slack#/types/message_context', value: { message_ts: '1.1', channel_id: 'C01' } }] };
    expect(questionIn(messages.direct({ app_context })).text).toBe('who is on call?');
  });

  it('gives only what the next process accepts', () => {
    for (const event of [messages.direct(), messages.mention(), messages.upload()]) {
      const crossed: unknown = JSON.parse(JSON.stringify(questionIn(event)));
      expect(questionSchema.parse(crossed)).toEqual(questionIn(event));
    }
  });
});

describe('R6 copies and twins', () => {
  it('R6 the message and the app_mention of one mention are the same question', () => {
    const message = questionIn(messages.inChannel(), { event_id: 'Ev0A' });
    const twin = questionIn(messages.mention(), { event_id: 'Ev0B', context_team_id: undefined });
    expect(twin).toEqual(message);
  });

  it('R5 a copy with a new event id is the same question', () => {
    expect(questionIn(messages.direct(), { event_id: 'Ev1' })).toEqual(questionIn(messages.direct(), { event_id: 'Ev2' }));
  });

  it('names other messages otherwise', () => {
    const key = { teamId: 'T01', channelId: 'C01', messageTs: '1.1' };
    const others = [{ teamId: 'T02' }, { channelId: 'C02' }, { messageTs: '1.2' }].map((other) => questionIdOf({ ...key, ...other }));
    expect(new Set([questionIdOf(key), ...others]).size).toBe(4);
  });

  it('names a question the same for ever, in 18 characters', () => {
    expect(questionIdOf({ teamId: 'T01', channelId: 'C01', messageTs: '1766458026.240809' })).toBe('q-75e542d888cdabd2');
  });
});
