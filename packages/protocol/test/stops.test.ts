import { describe, expect, it } from 'vitest';
import { verdictOnEvent } from './verdict-on.ts';

const direct = { type: 'message', channel: 'D01', channel_type: 'im', user: 'U01', ts: '200.000002', event_ts: '200.000002' };
const inThread = { ...direct, thread_ts: '200.000001' };
const stop = { kind: 'stop', teamId: 'T01', channelId: 'D01', threadTs: '200.000001', userId: 'U01', ts: '200.000002' };
const said = (text: string) => verdictOnEvent({ ...inThread, text });

describe('a stop in words', () => {
  it.each([
    ...['stop', 'stopp', 'halt', 'cancel', 'Stop', 'STOP', ' stop ', '\u00a0stop\n', 'Stopp.', 'stop!', 'STOP!!!', 'halt…', 'cancel .'],
    ...['stop！', 'stop。', 'stop,', 'Stop．', 'stop，', 'stop、', 'STOP!！', '🛑', '🛑🛑', ':octagonal_sign:', '<@UBOT> 🛑'],
    ...['stop 🛑', '🛑 stop!', 'stop:octagonal_sign:', '🛑!', '*stop* 🛑', 'halt 🛑️'],
    ...['*stop*', '_stop_', '*_stop_*', '_*Stop!*_', '*stop*!', '* stop *'],
    ...['<@UBOT> stop', '<@UBOT> Stop.', '<@UBOT|vera> stop', '<@UBOT>: stop', '<@UBOT>, *stop*', 'stop <@UBOT>', '*<@UBOT> stop*'],
  ])('D10 %j is one, and no question', (text) => {
    expect(said(text)).toEqual({ kind: 'stop', stop, said: { kind: 'question', question: expect.objectContaining({ text }) } });
  });

  it.each([
    ...[
      'stop the deploy',
      'can you stop',
      'stop it',
      'please stop',
      'stop?',
      'stop, then go on',
      '🛑 the deploy',
      'what does 🛑 mean?',
      'st🛑op',
      ':octagonal_sign',
      '👍',
      'stop？',
      ',',
      'stop stop',
      'non-stop',
      'stops',
      'stoppp',
    ],
    ...['st\u200bop', '\u200bstop', 'ѕtop', 'ｓｔｏｐ', 'STÖP', 'halten', 'cancel my order', 'cancelled', 'abort', 'end'],
    ...['`stop`', '```stop```', '~stop~', '&gt; stop', '"stop"', '“stop”', '*stop', '_*stop_*', '**', '!', '.'],
    ...['<@U02> stop', '<@UBOT> <@U02> stop', '<#C01> stop', '/stop', '-stop', 'stop:'],
  ])('D10 %j is a question', (text) => {
    expect(said(text)).toMatchObject({ kind: 'question', question: { text } });
  });

  it('with a file, or with what somebody else said, is a question', () => {
    expect(verdictOnEvent({ ...inThread, text: 'stop', subtype: 'file_share', files: [{ id: 'F1', name: 'a.txt' }] }).kind).toBe(
      'question',
    );
    expect(verdictOnEvent({ ...inThread, text: 'stop', attachments: [{ text: 'All of it is wrong' }] }).kind).toBe('question');
  });

  it('by a mention and by its twin is the same stop', () => {
    const { user: userId, ts } = { user: 'U01', ts: '200.000002' };
    const mention = { type: 'app_mention', channel: 'C01', user: userId, ts, event_ts: ts, thread_ts: '200.000001', text: '<@UBOT> stop' };
    const twin = { ...mention, type: 'message', channel_type: 'channel' };
    const verdict = verdictOnEvent(mention);
    expect(verdict).toMatchObject({ kind: 'stop', stop: { channelId: 'C01', threadTs: '200.000001', ts } });
    expect(verdictOnEvent(twin)).toMatchObject({ kind: 'stop', stop: 'stop' in verdict ? verdict.stop : 'none' });
  });

  it('that names nobody in a thread of a channel is one there, and a follow-up where there is nothing to stop', () => {
    const channel = { ...inThread, channel: 'C01', channel_type: 'channel' };
    expect(verdictOnEvent({ ...channel, text: 'stop' })).toMatchObject({ kind: 'stop', said: { kind: 'follow-up' } });
    expect(verdictOnEvent({ ...channel, thread_ts: undefined, text: 'stop' })).toEqual({ kind: 'ignore', reason: 'not addressed to us' });
    expect(verdictOnEvent({ ...channel, text: '<@U02> stop' })).toEqual({ kind: 'ignore', reason: 'addressed to somebody else' });
  });

  it('outside a thread names none', () => {
    const { threadTs: _, ...outside } = stop;
    expect(verdictOnEvent({ ...direct, text: 'stop' })).toMatchObject({ kind: 'stop', stop: outside });
    expect(verdictOnEvent({ ...direct, text: 'stop' })).not.toHaveProperty('stop.threadTs');
  });

  it('is none of a bot that may not ask, or of our own', () => {
    expect(verdictOnEvent({ ...inThread, text: 'stop', bot_id: 'B01' }).kind).toBe('ignore');
    expect(verdictOnEvent({ ...inThread, text: 'stop', user: 'UBOT' }).kind).toBe('ignore');
  });
});

describe('a question that is edited to a stop', () => {
  const edited = (text: string) =>
    verdictOnEvent({
      ...{ type: 'message', subtype: 'message_changed', hidden: true, channel: 'D01', channel_type: 'im', ts: '300.000001' },
      message: { type: 'message', user: 'U01', ts: '200.000002', thread_ts: '200.000001', text },
      previous_message: { type: 'message', user: 'U01', ts: '200.000002', thread_ts: '200.000001', text: 'deploy it' },
    });

  it('is stopped, at the time of the edit', () => {
    const action = { ...stop, about: '200.000002', ts: '300.000001' };
    expect(edited('stop')).toEqual({ kind: 'action', action });
    expect(edited('stop the deploy').kind).toBe('edit');
  });
});

describe('a reaction', () => {
  const item = { type: 'message', channel: 'C01', ts: '200.000002' };
  const reacted = { type: 'reaction_added', user: 'U01', reaction: 'octagonal_sign', item_user: 'UBOT', item, event_ts: '300.000001' };

  it('🛑 is a stop about the message it is on, whoever wrote that', () => {
    const action = { kind: 'stop', teamId: 'T01', channelId: 'C01', about: '200.000002', userId: 'U01', ts: '300.000001' };
    expect(verdictOnEvent(reacted)).toEqual({ kind: 'action', action: { ...action, author: 'UBOT' } });
    expect(verdictOnEvent({ ...reacted, item_user: undefined })).toEqual({ kind: 'action', action });
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another kind', { reaction: 'eyes' }],
    ['that only sounds like it', { reaction: 'stop_button' }],
    ['taken away again', { type: 'reaction_removed' }],
    ['of our own', { user: 'UBOT' }],
    ['on a file', { item: { type: 'file', file: 'F1' } }],
    ['on nothing', { item: undefined }],
    ['of another shape', { item: 'all', reaction: 7 }],
    ['by nobody', { user: undefined }],
    ['at no time', { event_ts: undefined }],
    ['in no channel', { item: { type: 'message', ts: '200.000002' } }],
  ])('%s is none', (_, changes) => {
    expect(verdictOnEvent({ ...reacted, ...changes }).kind).toBe('ignore');
  });
});
