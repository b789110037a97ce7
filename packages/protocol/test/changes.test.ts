import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envelopeOf } from './envelope-of.ts';
import { messages } from './messages.ts';
import { questionIn, verdictOn, verdictOnEvent } from './verdict-on.ts';

type Fields = Readonly<Record<string, unknown>>;

const changed = (message: Fields, previous_message?: Fields): Fields => ({
  ...{ type: 'message', subtype: 'message_changed', hidden: true, channel: 'C01', channel_type: 'channel', ts: '9.9', event_ts: '9.9' },
  message,
  ...(previous_message ? { previous_message } : {}),
});
const deleted = (more: Fields): Fields => ({
  ...{ type: 'message', subtype: 'message_deleted', hidden: true, channel: 'C01', channel_type: 'channel', ts: '9.9', event_ts: '9.9' },
  ...more,
});
const before = messages.inChannel({ channel: undefined });
const sameWords = { kind: 'ignore', reason: 'an edit without other words' };

describe('an edit', () => {
  it.each([
    ['a preview', { attachments: [{ text: 'a page', from_url: 'https://a.example' }] }],
    ['a count of replies', { reply_count: 3, reply_users: ['U02'], latest_reply: '8.8' }],
    ['a file', { files: [{ id: 'F01' }] }],
    ['bold type', { blocks: [{ type: 'rich_text', elements: [] }] }],
    ['the mark of an edit alone', { edited: { user: 'U01', ts: '9.9' } }],
  ])('that adds %s says nothing new', (_, more) => {
    expect(verdictOnEvent(changed({ ...before, ...more }, before))).toEqual(sameWords);
  });

  it('of the words is one, of the message it belongs to and with all it has', () => {
    const verdict = verdictOnEvent(changed({ ...before, text: '<@UBOT> who is on call tomorrow?', thread_ts: '5.5' }, before));
    expect(verdict).toMatchObject({
      kind: 'edit',
      question: { channelId: 'C01', messageTs: before.ts, threadTs: '5.5', text: '<@UBOT> who is on call tomorrow?' },
    });
  });

  it.each([
    ['who is on call', 'who is on call?'],
    ['on call, and who', 'on call and who …'],
    ['ann,bob', 'ann, bob'],
    ['a  b', 'a\nb\u200b '],
    ['“who” (now)', 'who now!'],
    ['<@U02>, please', '<@U02> please'],
  ])('from “%s” to “%s” changes no word, and says nothing new', (old, next) => {
    const text = (words: string) => ({ ...before, text: `<@UBOT> ${words}` });
    expect(verdictOnEvent(changed(text(next), text(old)))).toEqual(sameWords);
    expect(verdictOnEvent(changed(text(old), text(next)))).toEqual(sameWords);
  });

  it.each([
    ['set it to 1.5', 'set it to 15'],
    ['set it to 1,500', 'set it to 1, 500'],
    ['add 5', 'add -5'],
    ['5 - 3', '5 3'],
    ['v1.2', 'v12'],
    ['PAY-1', 'PAY 1'],
    ["we're", 'were'],
    ['<https://a.example/x?y>', '<https://a.example/xy>'],
    ['run `a; b`', 'run `a b`'],
    ['call @here', 'call here'],
    ['US', 'us'],
    ['100%', '100'],
  ])('from “%s” to “%s” is one', (old, next) => {
    const text = (words: string) => ({ ...before, text: `<@UBOT> ${words}` });
    expect(verdictOnEvent(changed(text(next), text(old))).kind).toBe('edit');
  });

  it('takes no longer for many marks', () => {
    const long = `<@UBOT> ${'.'.repeat(20_000)}x`;
    expect(verdictOnEvent(changed({ ...before, text: `${long}!` }, { ...before, text: long }))).toEqual(sameWords);
  });

  it('has its time, and within a second of it that of its event', () => {
    const timesOf = (message: Fields) => {
      const verdict = verdictOnEvent(changed({ ...before, text: '<@UBOT> new', ...message }, before));
      return verdict.kind === 'edit' ? verdict.question.editedTs : verdict.kind;
    };
    expect(timesOf({})).toBe('9.9');
    expect(timesOf({ edited: { user: 'U01', ts: '8.000000' } })).toBe('8.000000 9.9');
    expect(timesOf({ edited: 'then' })).toBe('9.9');
  });

  it('is taken for one where Slack does not say what stood there before', () => {
    expect(verdictOnEvent(changed(before)).kind).toBe('edit');
  });

  it.each([
    ['R7 by Vera herself', messages.ownReply({ channel: undefined }), 'our own message'],
    ['R8 by another bot', { ...before, bot_id: 'B78' }, 'another bot'],
    ['of nothing', undefined, 'a change of nothing'],
  ])('%s is ignored', (_, message, reason) => {
    expect(verdictOnEvent(changed({ ...message, text: 'new' }, before))).toMatchObject(
      message ? { kind: 'ignore', reason } : { kind: 'ignore' },
    );
    if (!message) expect(verdictOnEvent({ ...changed({}), message: undefined })).toEqual({ kind: 'ignore', reason });
  });
});

describe('a deletion', () => {
  const message = { teamId: 'T01', channelId: 'C01', threadTs: '5.5', messageTs: before.ts };

  it('withdraws the message, in its thread', () => {
    const verdict = verdictOnEvent(deleted({ deleted_ts: before.ts, previous_message: { ...before, thread_ts: '5.5' } }));
    expect(verdict).toEqual({ kind: 'withdrawal', message, meantAs: 'question' });
  });

  it('that says only what is gone, or leaves a tombstone, does so too', () => {
    const alone = { ...message, threadTs: before.ts };
    expect(verdictOnEvent(deleted({ deleted_ts: before.ts }))).toEqual({ kind: 'withdrawal', message: alone, meantAs: 'nothing' });
    const tombstone = {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      ts: before.ts,
      thread_ts: before.ts,
      text: 'This message was deleted.',
    };
    expect(verdictOnEvent(changed(tombstone, before))).toEqual({ kind: 'withdrawal', message: alone, meantAs: 'question' });
  });

  it.each([
    ['a mention', before, 'question'],
    ['what was written on in a thread', { ...before, text: 'and now?', thread_ts: '5.5' }, 'follow-up'],
    ['talk in the channel', { ...before, text: 'hello' }, 'nothing'],
    ['what somebody else is named in', { ...before, text: '<@U02> hello', thread_ts: '5.5' }, 'nothing'],
    ['another bot’s', { ...before, bot_id: 'B78' }, 'nothing'],
  ])('of %s tells what that was, and so does an edit', (_, previous_message, meantAs) => {
    expect(verdictOnEvent(deleted({ deleted_ts: before.ts, previous_message }))).toMatchObject({ meantAs });
    const edited = { ...previous_message, bot_id: undefined, text: '<@UBOT> other words' };
    expect(verdictOnEvent(changed(edited, previous_message))).toMatchObject({ kind: 'edit', meantAs });
  });

  it('of our own message is ours', () => {
    const previous_message = messages.ownReply({ channel: undefined });
    expect(verdictOnEvent(deleted({ deleted_ts: '1.1', previous_message })).kind).toBe('ignore');
  });
});

describe('what is written on in a thread without a mention', () => {
  const reply = (text: string, more: Fields = {}) => verdictOnEvent(messages.inChannel({ text, thread_ts: '1766450000.000001', ...more }));

  it.each(['and for staging?', 'thanks!', '```\n<@U9> wrote this\n```', 'see `<@U9>` and `<!here>`', 'a &lt;@U9&gt; typed'])(
    'may be a follow-up: %s',
    (text) => expect(reply(text)).toMatchObject({ kind: 'follow-up', question: { text } }),
  );

  it.each([
    '<@U9> can you look?',
    'thanks <@U9>, and the second one?',
    '<!here> thoughts?',
    '<!subteam^S1|@ops> ?',
    '<!channel>',
    '`x` <@U9|bob>',
  ])('is for somebody else: %s', (text) => expect(reply(text)).toEqual({ kind: 'ignore', reason: 'addressed to somebody else' }));

  it('is none in a channel shared with another company, where there is one thing to say', () => {
    const said = messages.inChannel({ text: 'and for staging?', thread_ts: '1766450000.000001' });
    expect(verdictOnEvent(said, { is_ext_shared_channel: true })).toEqual({ kind: 'ignore', reason: 'not named in a shared channel' });
  });

  it('is a question where Vera is named beside somebody', () => {
    expect(reply('<@U9> and <@UBOT> compare').kind).toBe('question');
  });

  it('R8 is none by a bot, even one that may ask, and none of what opens a thread', () => {
    const rules = { allowedBotIds: ['B77'] };
    expect(verdictOnEvent(messages.otherBot({ text: 'and?', thread_ts: '1.1' }), {}, rules).kind).toBe('ignore');
    expect(reply('and?', { thread_ts: undefined }).kind).toBe('ignore');
    expect(reply('and?', { thread_ts: '1766458026.240809' }).kind).toBe('ignore');
  });
});

describe('on Enterprise Grid', () => {
  const given = JSON.parse(readFileSync(new URL('cases/B04-grid-colleague-of-another-workspace.json', import.meta.url), 'utf8')) as Fields;
  const isExternal = (more: Fields) => {
    const verdict = verdictOn({ ...given, ...more });
    return verdict.kind === 'question' ? verdict.question.isExternal : undefined;
  };

  it('somebody of another workspace of the same organisation is a colleague (B04-grid-colleague-of-another-workspace)', () => {
    expect(isExternal({})).toBe(false);
    const authorizations = [{ enterprise_id: 'E01', team_id: 'T01', user_id: 'UVERA', is_bot: true }];
    expect(isExternal({ context_enterprise_id: undefined, authorizations })).toBe(false);
  });

  it.each([
    ['of another organisation', { enterprise_id: 'E02' }],
    ['of none that is named', { enterprise_id: undefined }],
    ['of one, where ours is not named', { context_enterprise_id: null }],
    ['where neither is named', { enterprise_id: null, context_enterprise_id: null }],
    ['where both are empty', { enterprise_id: '', context_enterprise_id: '' }],
    ['in a channel shared with another company', { is_ext_shared_channel: true }],
    ['in a channel of which that cannot be told', { is_ext_shared_channel: 'no' }],
    ['in a channel of which nothing is said', { is_ext_shared_channel: undefined }],
  ])('somebody %s is an outsider', (_, more) => expect(isExternal(more)).toBe(true));
});

describe('a workflow', () => {
  const workflow = (more: Fields = {}) =>
    messages.mention({ bot_id: 'B90', workflow_id: 'Wf01', subtype: 'bot_message', username: 'Triage', ...more });

  it('that posts in the name of a person asks for them, as a bot that may not act', () => {
    expect(questionIn(workflow())).toMatchObject({ userId: 'U01', botId: 'B90', isExternal: false });
    expect(questionIn(workflow({ team: 'T99' }))).toMatchObject({ isExternal: true });
  });

  it('R8 that posts in nobody’s name, or into a thread, is a bot like any other', () => {
    const refused = (event: Fields) => expect(verdictOn(envelopeOf(event)).kind).toBe('ignore');
    refused(workflow({ user: undefined }));
    refused(workflow({ user: 'B90' }));
    refused(workflow({ thread_ts: '1.1' }));
    expect(questionIn(workflow({ user: undefined }), {}, { allowedBotIds: ['B90'] }).userId).toBe('B90');
  });
});
