import { describe, expect, it } from 'vitest';
import { messages } from './messages.ts';
import { questionIn, verdictOn, verdictOnEvent } from './verdict-on.ts';

const stopped = {
  type: 'agent_session_stopped',
  channel: 'D01',
  user: 'U01',
  thread_ts: '1782234671.392669',
  streaming_message_ts: ['1782234987.693923'],
  event_ts: '1783536983.783769',
};

describe('events that are no messages', () => {
  it('takes Stop as an action on its thread', () => {
    expect(verdictOnEvent(stopped)).toEqual({
      kind: 'action',
      action: {
        ...{ kind: 'stop', teamId: 'T01', channelId: 'D01', threadTs: '1782234671.392669', userId: 'U01' },
        ts: '1783536983.783769',
      },
    });
  });

  it('ignores a Stop that names no thread or no channel', () => {
    const ignored = { kind: 'ignore', reason: 'a stop without thread' };
    expect(verdictOnEvent({ ...stopped, thread_ts: undefined })).toEqual(ignored);
    expect(verdictOnEvent({ ...stopped, channel: undefined })).toEqual(ignored);
    for (const part of ['user', 'event_ts']) expect(verdictOnEvent({ ...stopped, [part]: undefined }).kind).toBe('ignore');
  });

  it.each([
    { type: 'agent_session_title_changed', channel: 'D01', user: 'U01', thread_ts: '1.1', previous_title: 'A', title: 'B' },
    { type: 'app_uninstalled' },
    { type: 'tokens_revoked', tokens: { oauth: ['U01'], bot: ['UBOT'] } },
    { type: 'reaction_added', user: 'U01', reaction: 'eyes', item: { type: 'message', channel: 'C01', ts: '1.1' } },
    { type: 'channel_rename', channel: { id: 'C01', name: 'ops', created: 1 } },
    { type: 'user_change', user: { id: 'U01', name: 'ann' } },
    { type: 'an_event_of_next_year', text: 7, channel: [], files: 'none' },
  ])('ignores $type, whatever its shape', (event) => {
    expect(verdictOnEvent(event)).toEqual({ kind: 'ignore', reason: `event ${event.type}` });
  });

  const home = { type: 'app_home_opened', user: 'U01', channel: 'D01', tab: 'home', event_ts: '1771460700.333100' };

  it('takes an opened home tab as an errand of that person, the same for each copy', () => {
    const verdict = verdictOnEvent(home);
    expect(verdict).toEqual({
      kind: 'errand',
      errand: { kind: 'errand', id: expect.stringMatching(/^e-[0-9a-f]{16}$/), wish: 'home', teamId: 'T01', userId: 'U01' },
    });
    expect(verdictOnEvent(home, { event_id: 'Ev2' })).toEqual(verdict);
    expect(verdictOnEvent({ ...home, tab: undefined })).toMatchObject({ errand: { wish: 'home' } });
    expect(verdictOnEvent({ ...home, view: { id: 'V1', private_metadata: 7 } })).toEqual(verdict);
  });

  it('takes opened direct messages, and a thread of an older agent, as places for prompts', () => {
    expect(verdictOnEvent({ ...home, tab: 'messages' })).toMatchObject({ errand: { wish: 'prompts', userId: 'U01', channelId: 'D01' } });
    const assistant_thread = { user_id: 'U01', context: { channel_id: 'C01' }, channel_id: 'D01', thread_ts: '1729999327.187299' };
    const started = { type: 'assistant_thread_started', assistant_thread, event_ts: '1729999327.187299' };
    expect(verdictOnEvent(started)).toMatchObject({ errand: { wish: 'prompts', channelId: 'D01', threadTs: '1729999327.187299' } });
  });

  const entity = (value: unknown) => ({ entities: [{ type: 'slack#/types/channel_id', value, team_id: 'T01' }] });

  it('takes along the channel that is looked at, as far as it is one', () => {
    const changed = { type: 'app_context_changed', channel: 'D01', user: 'U01', event_ts: '1771460500.111180' };
    const viewed = { wish: 'prompts', channelId: 'D01', viewedId: 'C01' };
    expect(verdictOnEvent({ ...changed, context: entity('C01') })).toMatchObject({ errand: viewed });
    expect(verdictOnEvent({ ...changed, context: entity({ channel_id: 'C01', message_ts: '1.1' }) })).toMatchObject({ errand: viewed });
    expect(verdictOnEvent({ ...home, tab: 'messages', context: entity('C01') })).toMatchObject({ errand: viewed });
    const assistant_thread = { user_id: 'U01', context: { channel_id: 'C01' }, channel_id: 'D01', thread_ts: '1.1' };
    for (const type of ['assistant_thread_started', 'assistant_thread_context_changed'])
      expect(verdictOnEvent({ type, assistant_thread })).toMatchObject({ errand: { ...viewed, threadTs: '1.1' } });
    for (const context of [
      undefined,
      7,
      {},
      { entities: [] },
      { entities: [7] },
      entity(7),
      entity('D01'),
      entity('<!here>'),
      entity({}),
    ]) {
      const verdict = verdictOnEvent({ ...changed, context });
      expect(verdict).toMatchObject({ errand: { wish: 'prompts', channelId: 'D01' } });
      expect(JSON.stringify(verdict)).not.toContain('viewedId');
    }
  });

  it('takes its own coming into a channel as a reason to welcome, and nobody else’s', () => {
    const joined = {
      type: 'member_joined_channel',
      user: 'UBOT',
      channel: 'C01',
      channel_type: 'C',
      team: 'T01',
      inviter: 'U01',
      event_ts: '1.1',
    };
    expect(verdictOnEvent(joined)).toMatchObject({ kind: 'errand', errand: { wish: 'welcome', channelId: 'C01', userId: 'UBOT' } });
    for (const change of [{ user: 'U01' }, { user: undefined }, { channel: undefined }])
      expect(verdictOnEvent({ ...joined, ...change })).toEqual({ kind: 'ignore', reason: 'somebody else came' });
  });

  it('ignores such an event of nobody, of nowhere, or of a tab that is not ours', () => {
    expect(verdictOnEvent({ ...home, user: undefined })).toMatchObject({ kind: 'ignore' });
    expect(verdictOnEvent({ ...home, tab: 'messages', channel: undefined })).toMatchObject({ kind: 'ignore' });
    expect(verdictOnEvent({ ...home, tab: 'about' })).toMatchObject({ kind: 'ignore' });
    for (const assistant_thread of [undefined, 7, {}, { user_id: 'U01' }]) {
      expect(verdictOnEvent({ type: 'assistant_thread_started', assistant_thread })).toMatchObject({ kind: 'ignore' });
    }
  });

  it('ignores the notice that events were held back, and envelopes of unknown types', () => {
    const limited = { token: 't', type: 'app_rate_limited', team_id: 'T01', minute_rate_limited: 1518467820, api_app_id: 'A01' };
    expect(verdictOn(limited)).toEqual({ kind: 'ignore', reason: 'type app_rate_limited' });
    expect(verdictOn({ type: 'next_year' })).toEqual({ kind: 'ignore', reason: 'type next_year' });
    for (const body of [{}, [], 7, 'text', true, { type: 7 }]) expect(verdictOn(body)).toEqual({ kind: 'ignore', reason: 'type missing' });
  });

  it('answers the challenge of a new request URL', () => {
    expect(verdictOn({ token: 't', challenge: '3eZbrw1a', type: 'url_verification' })).toEqual({
      kind: 'challenge',
      challenge: '3eZbrw1a',
    });
    expect(verdictOn({ type: 'url_verification' })).toEqual({ kind: 'malformed', reason: 'url_verification without challenge' });
  });
});

describe('messages that lack something', () => {
  const nobody = { kind: 'ignore', reason: 'no user, channel or ts' };

  it('ignores an event without user, channel or ts', () => {
    for (const name of ['user', 'channel', 'ts']) {
      expect(verdictOnEvent(messages.direct({ [name]: undefined }))).toEqual(nobody);
      expect(verdictOnEvent(messages.mention({ [name]: null }))).toEqual(nobody);
    }
  });

  it('takes a mention without text for a bare one', () => {
    expect(verdictOnEvent(messages.mention({ text: undefined }))).toMatchObject({ kind: 'question', question: { text: '' } });
  });

  it('requires no event id, and what else it does not use', () => {
    expect(verdictOnEvent(messages.direct(), { event_id: undefined, api_app_id: undefined, authorizations: [7] })).toMatchObject({
      kind: 'question',
    });
  });

  it('leaves out what of a message has another shape, at no cost to the rest', () => {
    const file = (given: unknown) => questionIn(messages.upload({ files: [given, { id: 'F02', name: 'b.txt' }] })).files;
    const second = { id: 'F02', name: 'b.txt', mimetype: 'application/octet-stream', size: 0 };
    const unknown = { name: 'file', mimetype: 'application/octet-stream', size: 0 };
    for (const odd of [{}, 7, 'F01', [], { id: 7, size: '12', name: {} }]) expect(file(odd)).toEqual([unknown, second]);
    expect(file({ name: 'without id' })[0]).toEqual({ ...unknown, name: 'without id' });
    expect(questionIn(messages.direct({ files: 'none', attachments: 7, blocks: {} }))).toMatchObject({
      text: 'who is on call?',
      files: [],
    });
    expect(questionIn(messages.mention({ text: { not: 'text' } })).text).toBe('');
  });

  it('calls a message of another shape, or an envelope without its ids, malformed', () => {
    const message = { kind: 'malformed', reason: 'message of another shape' };
    expect(verdictOnEvent(messages.direct({ user: { not: 'an id' } }))).toEqual(message);
    expect(verdictOnEvent(messages.direct({ user_team: 7 }))).toEqual(message);
    const malformed = { kind: 'malformed', reason: 'event_callback of another shape' };
    expect(verdictOnEvent(messages.direct(), { team_id: undefined })).toEqual(malformed);
    expect(verdictOnEvent(messages.direct(), { api_app_id: 7 })).toEqual(malformed);
    expect(verdictOn({ type: 'event_callback', team_id: 'T01', api_app_id: 'A01', event_id: 'Ev1' })).toEqual(malformed);
  });
});
