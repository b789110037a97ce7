import { describe, expect, it } from 'vitest';
import { lastVersion, thisVersion, type Version } from '../src/doors.ts';
import { began, bothAtOnce, change, person, questionAt, tsAt } from './both-at-once.ts';

const last = await lastVersion();
const key = 'k'.repeat(44);
const card = { ...change, revision: 'r1' };
const envelope = { token: 't', team_id: 'T01', api_app_id: 'A01', type: 'event_callback', event_id: 'Ev1', event_time: began / 1000 };
const authorizations = [{ team_id: 'T01', user_id: 'UVERA', is_bot: true }];
const message = { type: 'message', channel: 'C01', channel_type: 'channel', user: 'UANN', ts: tsAt(1), event_ts: tsAt(1) };
const image = { id: 'F1', name: 'a.png', mimetype: 'image/png', size: 3, url_private_download: 'https://files.slack.com/a.png' };

const said = {
  'a mention': { ...message, type: 'app_mention', text: '<@UVERA> who is on call?' },
  'a direct message with a file': { ...message, channel_type: 'im', channel: 'D01', text: 'read this', files: [image] },
  'a reply in a thread': { ...message, type: 'app_mention', thread_ts: tsAt(0), text: '<@UVERA> and tomorrow?' },
};
const rules = { allowedBotIds: [] };
const verdictOf = (version: Version, event: object) => {
  const body = new TextEncoder().encode(JSON.stringify({ ...envelope, authorizations, event }));
  return version.classify(body, 'application/json', rules);
};

describe.each<[who: string, one: Version, other: Version]>([
  ['of this version, to the last one', thisVersion, last],
  ['of the last version, to this one', last, thisVersion],
])('what is passed on %s', (_, one, other) => {
  it.each(Object.entries(said))('%s is the same question there, with nothing left out', (_name, event) => {
    const verdict = verdictOf(one, event);
    if (verdict.kind !== 'question') throw new Error(`It is no question: ${JSON.stringify(verdict)}`);
    // Lambda passes JSON on: what is undefined is not there.
    const passed = JSON.parse(JSON.stringify(verdict.question));
    expect(other.workSchema.parse(passed)).toEqual(passed);
    expect(other.questionIdOf(verdict.question)).toBe(verdict.question.id);
    for (const scope of ['thread', 'channel', 'user', 'workspace'] as const)
      expect(other.sessionIdOf(verdict.question, scope)).toBe(one.sessionIdOf(verdict.question, scope));
    expect(verdictOf(other, event)).toEqual(verdict);
  });

  it.each(['connect', 'forget', 'status', 'home', 'home-link', 'prompts', 'welcome', 'stop-refused', 'memory', 'memory-keep'] as const)(
    'the errand %s is taken',
    (wish) => {
      const errand = one.toErrand({ wish, ...person, channelId: 'C01', threadTs: tsAt(0), about: 'x', viewedId: 'C02' }, 'receipt');
      expect(other.workSchema.parse(JSON.parse(JSON.stringify(errand)))).toEqual(errand);
    },
  );

  it('a link to the portal is valid, once, and a flow that was begun ends', async () => {
    const names = { person: 'Ann', team: 'Northwind' };
    const ticket = one.issueTicket(key, { ...person, names }, 'id-1', began);
    const reading = other.readTicket(key, ticket, began + 1000);
    expect(reading).toMatchObject({ kind: 'valid', ticket: { person, names, id: 'id-1' } });
    await using both = await bothAtOnce(one, other);
    if (reading.kind !== 'valid') return;
    expect(await both.one.links.use(reading.ticket, 'browser-1')).toBe(true);
    expect(await both.other.links.use(reading.ticket, 'browser-2')).toBe(false);
    const flow = { to: 'atlassian', browser: 'browser-1', secret: 'verifier' };
    await both.one.flows.begin(person, 'state-1', flow);
    expect(await both.other.flows.take(person, 'state-1')).toMatchObject(flow);
  });

  it('an account that was connected is there, its tokens as they were sealed', async () => {
    await using both = await bothAtOnce(one, other);
    const account = { provider: 'github', accountId: '7', name: 'ann', sites: [], connectedAt: began, state: 'connected' } as const;
    await both.one.shelf.put(person, account, new Uint8Array([1, 2, 3]));
    expect(await both.other.shelf.list(person)).toEqual([account]);
    expect(await both.other.shelf.remove(person, 'github')).toMatchObject({ account, sealed: new Uint8Array([1, 2, 3]), leasedUntil: 0 });
  });

  it('a question that waits for an account is handed out', async () => {
    await using both = await bothAtOnce(one, other);
    const question = questionAt(0, { typed: 'typed', quotes: [{ text: 'quoted' }] });
    await both.one.waiting.put(person, 'github', question, began + 600_000);
    expect(await both.other.waiting.take(person, 'github')).toMatchObject([{ id: question.id, text: question.text, typed: 'typed' }]);
  });

  it('marks of answers and cards, and what buttons carry, say the same', () => {
    const mark = { question: 'q-1', leg: 2, piece: 3, outcome: 'answered', cited: ['a'], blocked: ['b'], beside: 'chart' } as const;
    expect(other.replyMarkOf({ ts: tsAt(1), metadata: one.toMetadata(mark) })).toEqual(mark);
    const { metadata } = one.changeCard(card, tsAt(0));
    expect(other.changeMarkOf({ metadata })).toEqual(one.changeMarkOf({ metadata }));
    expect(other.changeMarkOf({ metadata })).toMatchObject({ change: 'c1' });
    const carried = { messageTs: tsAt(0), change: 'c1', hash: card.hash };
    expect(other.readDecisionValue(one.decisionValueOf(carried))).toEqual(carried);
    expect(other.readRetryValue(one.retryValueOf({ messageTs: tsAt(0), leg: 2 }))).toEqual({ messageTs: tsAt(0), leg: 2 });
    expect(other.readFeedbackValue(one.feedbackValueOf('bad', tsAt(0)))).toEqual({ rating: 'bad', messageTs: tsAt(0) });
    expect(other.memoryWishOf(one.memoryActionId('memory-keep', '1'))).toBe('memory-keep');
    expect(other.hashOfChange(card)).toBe(card.hash);
  });

  it('memories lie under the same names', () => {
    const owner = one.ownerOf(person);
    if (!owner) throw new Error('Nobody.');
    expect(other.ownerOf(person)).toBe(owner);
    for (const [place, emptiedAt] of [
      ['open', 0],
      ['closed', 17],
    ] as const) {
      expect(other.factsOf(owner, place, emptiedAt)).toBe(one.factsOf(owner, place, emptiedAt));
      expect(other.readSession(one.sessionOf(place, emptiedAt))).toEqual({ place, emptiedAt });
    }
    expect(other.standingOf(owner)).toBe(one.standingOf(owner));
  });
});
