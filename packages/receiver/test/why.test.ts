import { feedbackActionId, feedbackValueOf, whyActionId, whyInputId, whyValueOf } from '@vera/protocol/action';
import { textLimits } from '@vera/protocol/shorten';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { form } from './started-card.ts';
import { type ReceiverOptions, startedReceiver } from './started-receiver.ts';

const messageTs = '1766458026.240809';
const secret = 'It names the salary of Bob';

/** An answer under which people click, and what Slack was told at the response URL of each click. */
async function startedAnswer(options: ReceiverOptions = {}) {
  const receiver = await startedReceiver(options);
  await receiver.post(envelopes.mention());
  const clickOf = (action: object, user: string, more: object) => {
    const from = { user: { id: user, team_id: 'T01' }, response_url: `${receiver.hooks.url}/actions/T01/1/${user}` };
    return receiver.post(envelopes.decision({ ...action }, { ...from, ...more }), form);
  };
  return {
    ...receiver,
    rate: (rating: 'good' | 'bad', user = 'U01') =>
      clickOf({ type: 'feedback_buttons', action_id: feedbackActionId, value: feedbackValueOf(rating, messageTs) }, user, {}),
    /** Send in the private message, which has a `ts` of its own. */
    say: (value: string | null, user = 'U01') =>
      clickOf({ action_id: whyActionId, value: whyValueOf({ threadTs: messageTs, messageTs }) }, user, {
        container: { type: 'message', message_ts: '1766458070.000300', channel_id: 'C01', is_ephemeral: true },
        state: { values: { [whyInputId]: { [whyInputId]: { type: 'plain_text_input', value } } } },
      }),
    stored: async () => (await receiver.recorded())[0],
    bodies: () => receiver.told.map(({ body }) => body),
  };
}

describe('after a thumbs down', () => {
  it('the person who pressed, and nobody else, is asked why, once a click, in the thread', async () => {
    await using answer = await startedAnswer();
    expect(await answer.rate('bad')).toEqual({ status: 200 });
    expect(answer.told).toMatchObject([
      {
        path: '/actions/T01/1/U01',
        body: {
          ...{ response_type: 'ephemeral', replace_original: false, thread_ts: messageTs },
          blocks: [{ type: 'input', optional: true, element: { max_length: textLimits.reason } }, { type: 'actions' }],
        },
      },
    ]);
  });

  it('nobody is asked who likes the answer, or rated one that is not known', async () => {
    await using answer = await startedAnswer();
    await answer.rate('good');
    await using empty = await startedReceiver();
    const value = feedbackValueOf('bad', messageTs);
    await empty.post(
      envelopes.decision({ action_id: feedbackActionId, value }, { response_url: `${empty.hooks.url}/actions/T01/1/abc` }),
      form,
    );
    expect([answer.told, empty.told]).toEqual([[], []]);
    expect(empty.events()).toEqual(['feedback.unknown']);
  });

  it('the reason is kept with the rating of whoever gave it; a second one replaces it, a blank one does not', async () => {
    await using answer = await startedAnswer();
    await answer.rate('bad');
    await answer.rate('bad', 'U02');
    for (const reason of ['Too long', null, secret, '  ', '\u200b']) expect(await answer.say(reason)).toEqual({ status: 200 });
    await answer.say('No source', 'U02');
    expect(await answer.stored()).toMatchObject({
      feedback: { U01: 'bad', U02: 'bad' },
      feedbackReasons: { U01: secret, U02: 'No source' },
    });
    expect(answer.forwarded).toHaveLength(1);
    expect(answer.bodies().at(-1)).toEqual({
      response_type: 'ephemeral',
      replace_original: true,
      text: 'Thank you. I keep this with your thumbs down.',
    });
  });

  it('a blank one keeps nothing, and is thanked for as such', async () => {
    await using answer = await startedAnswer();
    await answer.rate('bad');
    await answer.say(null);
    expect((await answer.stored())?.feedbackReasons).toEqual({});
    expect(answer.bodies().at(-1)).toMatchObject({ replace_original: true, text: expect.stringContaining('without a reason') });
  });

  it('a thumbs up takes the reason away, and an old field gives none any more', async () => {
    await using answer = await startedAnswer();
    await answer.rate('bad');
    await answer.say(secret);
    await answer.rate('good');
    await answer.say(secret);
    expect(await answer.stored()).toMatchObject({ feedback: { U01: 'good' } });
    expect(JSON.stringify(await answer.stored())).not.toContain(secret);
    expect(answer.bodies().at(-1)).toMatchObject({ text: expect.stringContaining('kept nothing') });
  });

  it('nobody gives a reason for the rating of another, or where they have none', async () => {
    await using answer = await startedAnswer();
    await answer.rate('bad');
    await answer.say('Mine');
    await answer.say('Not mine', 'U02');
    expect(await answer.stored()).toMatchObject({ feedback: { U01: 'bad' }, feedbackReasons: { U01: 'Mine' } });
    expect(JSON.stringify(await answer.stored())).not.toContain('U02');
  });

  it.each([404, 500])('costs nothing where Slack answers a private word with %i: rating and reason are kept', async (status) => {
    await using answer = await startedAnswer({ hooksAnswer: () => new Response(null, { status }) });
    expect(await answer.rate('bad')).toEqual({ status: 200 });
    expect(await answer.say(secret)).toEqual({ status: 200 });
    expect(await answer.stored()).toMatchObject({ feedback: { U01: 'bad' }, feedbackReasons: { U01: secret } });
  });

  it('is not lost silently when the ledger is down: Slack shows that Send did not arrive, and the field stays', async () => {
    await using answer = await startedAnswer();
    await answer.rate('bad');
    answer.dynamoDb.inject({ kind: 'unavailable', operation: 'UpdateItem' });
    expect(await answer.say(secret)).toEqual({ status: 500 });
    expect(answer.told).toHaveLength(1);
    expect(await answer.say(secret)).toEqual({ status: 200 });
    expect(await answer.stored()).toMatchObject({ feedbackReasons: { U01: secret } });
  });

  it('leaves nothing of a reason in the log, kept, refused or failed', async () => {
    await using answer = await startedAnswer();
    await answer.say(secret);
    await answer.rate('bad');
    await answer.say(secret);
    answer.dynamoDb.inject({ kind: 'denied', operation: 'UpdateItem' });
    await answer.say(secret);
    expect(answer.events()).toEqual(expect.arrayContaining(['feedback.why-asked', 'feedback.why-answered', 'action.failed']));
    for (const part of [secret, 'salary']) expect(answer.lines.join('\n')).not.toContain(part);
  });
});
