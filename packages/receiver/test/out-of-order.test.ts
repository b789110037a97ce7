import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

const root = '1766458026.240809';
const asked = '<@UBOT> who is on call?';
const message = (text: string, edited?: string) => ({
  ...{ type: 'message', user: 'U01', team: 'T01', ts: root, text },
  ...(edited === undefined ? {} : { edited: { user: 'U01', ts: edited } }),
});
const place = { type: 'message', channel: 'C01', channel_type: 'channel' };
const edit = (text: string, before: string, ts: string) =>
  envelopes.of({
    ...{ ...place, subtype: 'message_changed', ts, event_ts: ts },
    ...{ message: message(text, ts.replace(/\..*/, '.000000')), previous_message: message(before) },
  });
const deletion = (previous = message(asked)) =>
  envelopes.of({ ...place, subtype: 'message_deleted', ts: '1766458050.000100', deleted_ts: root, previous_message: previous });

const older = edit('<@UBOT> older', asked, '1766458030.000100');
const newer = edit('<@UBOT> newer', '<@UBOT> older', '1766458030.000200');

/** The receiver after these posts, in this order; all are taken. */
async function told(...posts: readonly string[]) {
  const receiver = await startedReceiver();
  for (const post of posts) expect((await receiver.post(post)).status).toBe(200);
  return receiver;
}

describe('a question whose events come again, or overtake each other', () => {
  it.each([
    ['the older edit again', [envelopes.mention(), newer, older]],
    ['both edits before it', [newer, older, envelopes.mention(), envelopes.twin()]],
    ['one edit before it and one behind', [newer, envelopes.mention(), older]],
    ['the edits as they were made', [older, envelopes.mention(), newer, older]],
  ])('has its newest words: %s', async (_, posts) => {
    await using receiver = await told(...posts);
    expect((await receiver.recorded()).map(({ question }) => question.text)).toEqual(['<@UBOT> newer']);
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('is none where its deletion came first', async () => {
    await using receiver = await told(deletion(), envelopes.mention(), envelopes.twin(), newer);
    expect(await receiver.recorded()).toEqual([]);
    expect(receiver.forwarded).toEqual([]);
    expect(receiver.shown).toEqual([]);
  });

  it('is stopped where its stop came first', async () => {
    await using receiver = await told(envelopes.stop(root), envelopes.mention());
    expect(await receiver.recorded()).toMatchObject([{ stopRequestedAt: receiver.now() }]);
  });

  it('is stopped where its edit to a stop came first', async () => {
    await using receiver = await told(edit('<@UBOT> stop', asked, '1766458030.000100'), envelopes.mention());
    expect(await receiver.recorded()).toMatchObject([{ stopRequestedAt: receiver.now() }]);
  });
});

it('an edit or a deletion of what is not for Vera leaves nothing in the ledger', async () => {
  const chat = message('hello');
  const changed = { ...place, subtype: 'message_changed', ts: '1766458030.000100', message: message('hello all'), previous_message: chat };
  await using receiver = await told(envelopes.of(changed), deletion(chat));
  await receiver.post(envelopes.mention());
  expect(await receiver.recorded()).toHaveLength(1);
});
