import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackActionId, feedbackValueOf, readFeedbackValue, readWhyValue, whyActionId, whyInputId, whyValueOf } from '../src/action.ts';
import { classify } from '../src/classify.ts';
import { decisionActionIds, decisionValueOf, reasonInputId } from '../src/decision.ts';
import { textLimits } from '../src/shorten.ts';
import type { Verdict } from '../src/verdict.ts';

type Fields = Readonly<Record<string, unknown>>;

const form = 'application/x-www-form-urlencoded';
const questionTs = '1766458026.240809';
const notOurs = { kind: 'ignore', reason: 'not one of our buttons' };

const click = (action: Fields, more: Fields = {}): Fields => ({
  type: 'block_actions',
  user: { id: 'U01', username: 'ann', name: 'ann', team_id: 'T01' },
  api_app_id: 'A01',
  token: 't',
  container: { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01', is_ephemeral: false, thread_ts: questionTs },
  trigger_id: '123.456.abcdef',
  team: { id: 'T01', domain: 'x' },
  enterprise: null,
  is_enterprise_install: false,
  channel: { id: 'C01', name: 'ops' },
  message: { type: 'message', user: 'UBOT', bot_id: 'B01', ts: '1766458050.000200', text: 'Bob is.', blocks: [] },
  state: { values: {} },
  response_url: 'https://hooks.slack.com/actions/T01/1/abc',
  actions: [action],
  ...more,
});

const feedback = (value: string): Fields => ({
  type: 'feedback_buttons',
  action_id: feedbackActionId,
  block_id: 'b',
  value,
  action_ts: '1766458060.000000',
});

function verdictOnForm(body: string, contentType = form): Verdict {
  return classify(new TextEncoder().encode(body), contentType, { allowedBotIds: [] });
}

function verdictOnClick(payload: unknown): Verdict {
  return verdictOnForm(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
}

describe('clicks', () => {
  it.each(['good', 'bad'] as const)('takes a %s rating, with whose it is and for which question', (rating) => {
    expect(verdictOnClick(click(feedback(feedbackValueOf(rating, questionTs))))).toEqual({
      kind: 'action',
      action: {
        ...{ kind: 'feedback', teamId: 'T01', channelId: 'C01', threadTs: questionTs, messageTs: questionTs, userId: 'U01', rating },
        responseUrl: 'https://hooks.slack.com/actions/T01/1/abc',
      },
    });
  });

  it('takes the answer itself for the thread when it stands outside one', () => {
    const container = { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01' };
    const verdict = verdictOnClick(click(feedback(feedbackValueOf('good', questionTs)), { container }));
    expect(verdict).toMatchObject({ action: { threadTs: '1766458050.000200', messageTs: questionTs } });
  });

  it('finds the workspace beside the person when an org-wide app names none', () => {
    const payload = click(feedback(feedbackValueOf('good', questionTs)), { team: null });
    expect(verdictOnClick(payload)).toMatchObject({ action: { teamId: 'T01' } });
    const { team: _, ...without } = payload;
    expect(verdictOnClick(without)).toMatchObject({ action: { teamId: 'T01' } });
  });

  it('takes a decision, with the reason that was typed or without', () => {
    const value = decisionValueOf({ messageTs: questionTs, change: 'c1', hash: 'a'.repeat(64) });
    const deny = { type: 'button', action_id: decisionActionIds.deny, block_id: 'b', value, action_ts: '1.1' };
    const typed = (text: string | null) => ({
      state: { values: { [reasonInputId]: { [reasonInputId]: { type: 'plain_text_input', value: text } } } },
    });
    expect(verdictOnClick(click(deny, typed(' Wrong project ')))).toMatchObject({
      action: { kind: 'decision', verdict: 'deny', reason: 'Wrong project' },
    });
    // Slack sends a field that nobody touched as null.
    const untouched = verdictOnClick(click(deny, typed(null)));
    expect(untouched).toMatchObject({ action: { kind: 'decision', verdict: 'deny', change: 'c1' } });
    expect(untouched).not.toHaveProperty('action.reason');
    // A long one is cut between two characters, not within one.
    const long = verdictOnClick(click(deny, typed(`${'x'.repeat(499)}😀`)));
    const reason = 'action' in long && long.action.kind === 'decision' ? long.action.reason : '';
    expect(reason).toMatch(/^x{499}/);
    expect(reason?.isWellFormed()).toBe(true);
  });

  // A private message comes without `message`, and with a `ts` that nothing else has.
  const inPrivate = {
    container: { type: 'message', message_ts: '1766458070.000300', channel_id: 'C01', is_ephemeral: true },
    message: undefined,
  };
  const why = (text: unknown, value = whyValueOf({ threadTs: questionTs, messageTs: '1766458027.000100' })) =>
    verdictOnClick(
      click(
        { type: 'button', action_id: whyActionId, block_id: 'b', value, action_ts: '1.1' },
        { ...inPrivate, state: { values: { [whyInputId]: { [whyInputId]: { type: 'plain_text_input', value: text } } } } },
      ),
    );

  it('takes why an answer is bad, of the person who pressed, for the question that the button names', () => {
    expect(why('  It is about the old printer. ')).toEqual({
      kind: 'action',
      action: {
        ...{ kind: 'why', teamId: 'T01', channelId: 'C01', threadTs: questionTs, messageTs: '1766458027.000100', userId: 'U01' },
        reason: 'It is about the old printer.',
        responseUrl: 'https://hooks.slack.com/actions/T01/1/abc',
      },
    });
  });

  it.each([null, '', '   ', '\t\n', '\u200b\u200b', '\u2800', '\u3164 \u00ad', '\u202e', undefined, 7])(
    'takes %j for nothing said',
    (text) => {
      expect(why(text)).toMatchObject({ kind: 'action', action: { kind: 'why' } });
      expect(why(text)).not.toHaveProperty('action.reason');
    },
  );

  it('bounds what is said, whatever it is, and parts no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1_200, size: 'max' }), (text) => {
        const verdict = why(text);
        const reason = 'action' in verdict && verdict.action.kind === 'why' ? (verdict.action.reason ?? '') : '';
        expect(reason.length).toBeLessThanOrEqual(textLimits.reason);
        expect(reason.isWellFormed()).toBe(true);
        expect(text.toWellFormed().trim().startsWith(reason)).toBe(true);
      }),
    );
    expect(why('👩‍👩‍👧‍👦'.repeat(46))).toMatchObject({ action: { reason: '👩‍👩‍👧‍👦'.repeat(45) } });
  });

  it.each(['', 'bad', '1.1', '1.1:', ':1.1', '1.1:1.1:1.1', '1.1:1.1\n', 'C02|1.1:1.1', `bad:${questionTs}`])(
    'ignores Send with the value %j',
    (value) => {
      expect(readWhyValue(value)).toBeUndefined();
      expect(why('x', value)).toEqual(notOurs);
    },
  );

  it('ignores buttons that are not ours: links, approvals of others, ratings of another form', () => {
    const foreign = [
      { type: 'button', action_id: 'open-docs', block_id: 'b', text: {}, url: 'https://example.com', action_ts: '1.1' },
      { type: 'button', action_id: 'approval.approve', block_id: 'appr', value: 'pa_01H', action_ts: '1.1' },
      { type: 'overflow', action_id: 'menu', selected_option: { value: 'x' } },
      feedback('good'),
      feedback('great:1766458026.240809'),
      feedback('good:1766458026.240809; DROP'),
    ];
    for (const action of foreign) expect(verdictOnClick(click(action))).toEqual(notOurs);
    const inView = { container: { type: 'view', view_id: 'V1' }, channel: undefined, message: undefined };
    expect(verdictOnClick(click(feedback(feedbackValueOf('good', questionTs)), inView))).toEqual(notOurs);
  });

  it.each([
    ['no state of inputs', { state: {} }],
    ['a state of another shape', { state: { values: 'none' } }],
    ['no container', { container: undefined, message: { ts: '1766458050.000200', thread_ts: questionTs } }],
    ['a container without type', { container: { message_ts: '1766458050.000200', channel_id: 'C01', thread_ts: questionTs } }],
    [
      'an attachment as container',
      {
        container: {
          type: 'message_attachment',
          attachment_id: 1,
          message_ts: '1766458050.000200',
          channel_id: 'C01',
          thread_ts: questionTs,
        },
      },
    ],
    ['no team of its own', { team: null }],
  ])('takes a click with %s', (_, more) => {
    const place = { teamId: 'T01', channelId: 'C01', threadTs: questionTs };
    expect(verdictOnClick(click(feedback(feedbackValueOf('good', questionTs)), more))).toMatchObject({ kind: 'action', action: place });
    const value = decisionValueOf({ messageTs: questionTs, change: 'c1', hash: 'a'.repeat(64) });
    const approve = { type: 'button', action_id: decisionActionIds.approve, block_id: 'b', value, action_ts: '1.1' };
    expect(verdictOnClick(click(approve, more))).toMatchObject({ kind: 'action', action: { ...place, verdict: 'approve' } });
  });

  it('ignores one of our buttons on what is not a whole message: its channel or its time is missing', () => {
    const whole = { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01' };
    const value = decisionValueOf({ messageTs: questionTs, change: 'c1', hash: 'a'.repeat(64) });
    const deny = { type: 'button', action_id: decisionActionIds.deny, block_id: 'b', value, action_ts: '1.1' };
    for (const missing of [{ channel_id: undefined }, { message_ts: undefined }]) {
      const place = { container: { ...whole, ...missing }, channel: undefined, message: undefined };
      expect(verdictOnClick(click(feedback(feedbackValueOf('good', questionTs)), place))).toEqual(notOurs);
      expect(verdictOnClick(click(deny, place))).toEqual(notOurs);
    }
  });

  it.each(['view_submission', 'view_closed', 'shortcut', 'block_suggestion', 'of_next_year'])('ignores a %s', (type) => {
    expect(verdictOnClick({ type, user: { id: 'U01' }, view: {} })).toEqual({ kind: 'ignore', reason: `interaction ${type}` });
  });

  it('ignores an interaction without a type', () => {
    for (const payload of [{}, [], 7]) expect(verdictOnClick(payload)).toMatchObject({ kind: 'ignore' });
  });

  it('calls block_actions of another shape malformed', () => {
    const malformed = { kind: 'malformed', reason: 'block_actions of another shape' };
    expect(verdictOnClick({ type: 'block_actions' })).toEqual(malformed);
    expect(verdictOnClick(click(feedback('good'), { user: 'U01' }))).toEqual(malformed);
    expect(verdictOnClick(click({ value: 'no action_id' }))).toEqual(malformed);
  });

  it('reads back the value it wrote and nothing else', () => {
    expect(readFeedbackValue(feedbackValueOf('bad', questionTs))).toEqual({ rating: 'bad', messageTs: questionTs });
    for (const value of ['', 'good:', 'good:1', 'good:1.1\n', ' good:1.1', 'GOOD:1.1']) expect(readFeedbackValue(value)).toBeUndefined();
  });
});

describe('forms', () => {
  it('answers the probe of a certificate with nothing', () => {
    expect(verdictOnForm('ssl_check=1&token=t')).toEqual({ kind: 'ignore', reason: 'certificate probe' });
  });

  it('ignores a form that is neither an interaction nor a command', () => {
    expect(verdictOnForm('token=t&team_id=T01&text=hi')).toEqual({ kind: 'ignore', reason: 'a form without payload' });
    expect(verdictOnForm('')).toEqual({ kind: 'ignore', reason: 'a form without payload' });
  });

  it('calls a payload that is not JSON malformed', () => {
    for (const body of ['payload=', 'payload=%7B', 'payload=%FF']) {
      expect(verdictOnForm(body)).toEqual({ kind: 'malformed', reason: 'payload is not JSON' });
    }
  });

  it('knows a form however its content type is written', () => {
    for (const contentType of [form, `${form}; charset=utf-8`, 'Application/X-WWW-Form-Urlencoded']) {
      expect(verdictOnForm('ssl_check=1', contentType)).toEqual({ kind: 'ignore', reason: 'certificate probe' });
    }
  });
});
