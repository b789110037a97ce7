import { describe, expect, it } from 'vitest';
import { classify } from '../src/classify.ts';
import { askShortcutId, explainShortcutId } from '../src/classify-shortcut.ts';
import { homeLinkActionId } from '../src/errand.ts';
import { type Question, questionIdOf } from '../src/question.ts';
import type { Verdict } from '../src/verdict.ts';
import { workSchema } from '../src/work.ts';

type Fields = Readonly<Record<string, unknown>>;

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, with what Slack's own clients know besides. */
const shortcut = (more: Fields = {}): Fields => ({
  type: 'message_action',
  token: 't',
  callback_id: askShortcutId,
  trigger_id: '13345224609.8534564800.6f8ab1f53e13',
  response_url: 'https://hooks.slack.com/app-actions/T01/1/abc',
  action_ts: '1766458090.123456',
  team: { id: 'T01', domain: 'northwind' },
  enterprise: null,
  is_enterprise_install: false,
  channel: { id: 'C01', name: 'ops' },
  user: { id: 'U01', name: 'ann', username: 'ann', team_id: 'T01' },
  message_ts: '1766458026.240809',
  message: { type: 'message', user: 'U02', ts: '1766458026.240809', text: 'The printer burns &amp; smokes', team: 'T01' },
  ...more,
});

function verdictOn(payload: unknown): Verdict {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return classify(new TextEncoder().encode(body), 'application/x-www-form-urlencoded', { allowedBotIds: [] });
}

function questionIn(payload: unknown): Question {
  const verdict = verdictOn(payload);
  if (verdict.kind !== 'question') throw new Error(JSON.stringify(verdict));
  return verdict.question;
}

const message = (fields: Fields) => shortcut({ message: { type: 'message', user: 'U02', ts: '1766458026.240809', text: '', ...fields } });

describe('"Ask Vera about this"', () => {
  it('is a question of whoever clicked, in the thread of the message, which it quotes', () => {
    const place = { teamId: 'T01', channelId: 'C01', messageTs: '1766458090.123456' };
    expect(verdictOn(shortcut())).toEqual({
      kind: 'question',
      question: {
        kind: 'question',
        id: questionIdOf(place),
        ...place,
        threadTs: '1766458026.240809',
        userId: 'U01',
        userTeamId: 'T01',
        botUserId: '',
        text: '',
        quotes: [{ authorId: 'U02', text: 'The printer burns &amp; smokes' }],
        files: [],
        isDirect: false,
        isExternal: false,
        shortcut: { about: '1766458026.240809', responseUrl: 'https://hooks.slack.com/app-actions/T01/1/abc' },
      },
    });
    expect(workSchema.parse(questionIn(shortcut()))).toEqual(questionIn(shortcut()));
  });

  it('on a reply asks in that thread', () => {
    expect(questionIn(message({ thread_ts: '1766458000.000100', text: 'x' })).threadTs).toBe('1766458000.000100');
  });

  it('on an alert of a bot, or a workflow, takes all that it carries', () => {
    const alert = { user: undefined, bot_id: 'B07', subtype: 'bot_message', attachments: [{ title: 'INC-7', text: 'Settlement lags' }] };
    expect(questionIn(message(alert)).quotes).toEqual([{ authorName: 'an app', text: 'INC-7\nSettlement lags' }]);
    const named = { ...alert, username: 'PagerDuty', bot_profile: { name: 'other' } };
    expect(questionIn(message(named)).quotes).toMatchObject([{ authorName: 'PagerDuty' }]);
    const forwarded = [
      { is_share: true, author_id: 'U09', text: 'of somebody else' },
      { title: 'A page', from_url: 'https://x.test' },
    ];
    expect(questionIn(message({ text: 'see', attachments: forwarded })).quotes).toMatchObject([
      { authorId: 'U02', text: 'see' },
      { authorId: 'U09', text: 'of somebody else' },
      { authorId: 'U02', text: 'A page\nhttps://x.test' },
    ]);
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'from a workflow' } }];
    expect(questionIn(message({ user: null, workflow_id: 'Wf1', blocks })).quotes).toEqual([
      { authorName: 'an app', text: 'from a workflow' },
    ]);
    const files = [{ id: 'F01', name: 'a.pdf', mimetype: 'application/pdf', size: 7, url_private_download: 'https://files.slack.com/a' }];
    expect(questionIn(message({ files }))).toMatchObject({ quotes: [], files: [{ id: 'F01', name: 'a.pdf' }] });
  });

  it('is the same for every copy of a click, and another for another click', () => {
    const again = questionIn(shortcut({ response_url: 'https://hooks.slack.com/app-actions/T01/1/other' }));
    expect(again.id).toBe(questionIn(shortcut()).id);
    expect(questionIn(shortcut({ action_ts: '1766458091.000001' })).id).not.toBe(again.id);
  });

  it('without a time of the click is told apart by its trigger, then by who clicked on what', () => {
    const idOf = (more: Fields) => questionIn(shortcut({ action_ts: undefined, ...more })).messageTs;
    expect(idOf({})).toMatch(/^1766458026\.\d{6}$/);
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({ trigger_id: '2.2.2' })).not.toBe(idOf({}));
    expect(idOf({ trigger_id: null })).not.toBe(idOf({ trigger_id: null, user: { id: 'U09' } }));
    for (const odd of ['now', '', '17.', 7]) expect(idOf({ action_ts: odd })).toBe(idOf({}));
  });

  it('of a colleague on another workspace of the organisation is inside; of anybody else, another company', () => {
    const user = { id: 'W01', team_id: 'T02' };
    expect(questionIn(shortcut({ user })).isExternal).toBe(true);
    expect(questionIn(shortcut({ user, enterprise: { id: 'E01' } })).isExternal).toBe(false);
    const team = { id: 'T01', enterprise_id: 'E02' };
    expect(questionIn(shortcut({ user, team, enterprise: { id: 'E01' } })).isExternal).toBe(true);
    expect(questionIn(shortcut({ user, team: null }))).toMatchObject({ teamId: 'T02', isExternal: false });
  });

  it('needs nothing that it does not use', () => {
    const bare = { type: 'message_action', callback_id: askShortcutId, user: { id: 'U01', team_id: 'T01' }, channel: { id: 'C01' } };
    expect(questionIn({ ...bare, message: { ts: '1766458026.240809' } })).toMatchObject({
      userId: 'U01',
      shortcut: { about: '1766458026.240809' },
      quotes: [],
    });
  });

  it.each([
    ['no channel', { channel: null }],
    ['no message', { message: undefined }],
    ['a message without time', { message: { text: 'x' } }],
    ['nobody', { user: {} }],
  ])('with %s is malformed', (_, lack) => {
    expect(verdictOn(shortcut(lack))).toEqual({ kind: 'malformed', reason: 'message_action of another shape' });
  });

  it('of no team is malformed, and any other shortcut is ignored', () => {
    expect(verdictOn(shortcut({ team: null, user: { id: 'U01' } }))).toEqual({ kind: 'malformed', reason: 'a shortcut without team' });
    expect(verdictOn(shortcut({ callback_id: 'chirp' }))).toEqual({ kind: 'ignore', reason: 'not one of our shortcuts' });
  });
});

describe('the button of the home tab', () => {
  const click = (more: Fields = {}) => ({
    type: 'block_actions',
    user: { id: 'U01', team_id: 'T01' },
    team: { id: 'T01', domain: 'northwind' },
    container: { type: 'view', view_id: 'V01' },
    view: { id: 'V01', type: 'home' },
    actions: [{ type: 'button', action_id: homeLinkActionId, block_id: 'b', action_ts: '1766458060.000000' }],
    ...more,
  });

  it('is an errand of whoever pressed it, the same for each copy', () => {
    const verdict = verdictOn(click());
    expect(verdict).toMatchObject({ kind: 'errand', errand: { wish: 'home-link', teamId: 'T01', userId: 'U01' } });
    expect(verdictOn(click())).toEqual(verdict);
    expect(verdictOn(click({ user: { id: 'U02', team_id: 'T01' } }))).not.toEqual(verdict);
  });

  it('works where the app is installed to an organisation, and nowhere without a team', () => {
    expect(verdictOn(click({ team: null }))).toMatchObject({ kind: 'errand', errand: { teamId: 'T01' } });
    expect(verdictOn(click({ team: null, user: { id: 'U01' } }))).toEqual({ kind: 'ignore', reason: 'not one of our buttons' });
  });

  it('about memory carries what it says, and is answered where it stood', () => {
    const pressed = { type: 'button', block_id: 'b', action_ts: '1766458060.000000' };
    const one = { ...pressed, action_id: 'memory-forget', value: 'mem-1' };
    expect(verdictOn(click({ actions: [one] }))).toMatchObject({
      kind: 'errand',
      errand: { wish: 'memory-forget', userId: 'U01', about: 'mem-1' },
    });
    const more = { ...pressed, action_id: 'memory:more', value: '2' };
    const response_url = 'https://hooks.slack.com/actions/T01/1/abc';
    const verdict = verdictOn(click({ actions: [more], response_url }));
    expect(verdict).toMatchObject({ errand: { wish: 'memory', about: '2', responseUrl: response_url } });
    expect(workSchema.safeParse(verdict.kind === 'errand' && verdict.errand).success).toBe(true);
    expect(verdictOn(click({ actions: [{ ...one, action_id: 'memory-search', value: null }] }))).toMatchObject({ errand: { about: '' } });
    for (const actions of [[], [one, more], [{ ...one, action_id: 'memory-everything' }]])
      expect(verdictOn(click({ actions }))).toEqual({ kind: 'ignore', reason: 'not one of our buttons' });
  });

  it('that only leads to a page is nobody’s errand', () => {
    const actions = [{ type: 'button', action_id: 'open_accounts', block_id: 'b', action_ts: '1766458060.000000' }];
    expect(verdictOn(click({ actions }))).toEqual({ kind: 'ignore', reason: 'not one of our buttons' });
  });
});

describe('"How this came about"', () => {
  const place = { channelId: 'C01', threadTs: '1766458026.240809', messageTs: '1766458026.240809' };

  it('is an errand of whoever clicked, about that message, the same for a copy of the click', () => {
    const verdict = verdictOn(shortcut({ callback_id: explainShortcutId }));
    const responseUrl = 'https://hooks.slack.com/app-actions/T01/1/abc';
    expect(verdict).toMatchObject({ kind: 'errand', errand: { wish: 'explain', teamId: 'T01', userId: 'U01', responseUrl, ...place } });
    expect(verdictOn(shortcut({ callback_id: explainShortcutId }))).toEqual(verdict);
    expect(verdictOn(shortcut({ callback_id: explainShortcutId, action_ts: '1766458099.000001' }))).not.toEqual(verdict);
  });

  it('carries nothing of what the message says', () => {
    expect(JSON.stringify(verdictOn(shortcut({ callback_id: explainShortcutId })))).not.toContain('printer');
  });

  it('in a thread is looked for there', () => {
    const message = { type: 'message', user: 'U02', ts: '1766458030.000001', thread_ts: '1766458026.240809', text: '' };
    expect(verdictOn(shortcut({ callback_id: explainShortcutId, message }))).toMatchObject({
      errand: { threadTs: '1766458026.240809', messageTs: '1766458030.000001' },
    });
  });
});
