import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decisions, Inbox, Lease, Leases, Overdue } from '../src/ledger.ts';
import { changeOf, clickOn } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';

type Ledger = Awaited<ReturnType<typeof startedLedger>>;

/** One question, from nothing to whatever is written of it. */
class Stage {
  readonly ledger: Ledger;
  readonly question: ReturnType<typeof questionOf>;
  lease!: Lease;

  constructor(ledger: Ledger, ts: string) {
    this.ledger = ledger;
    this.question = questionOf(ts, { threadTs: ts });
  }

  recorded = () => this.ledger.recorded(this.question);
  leased = async () => {
    await this.recorded();
    this.lease = await this.ledger.leased(this.question);
  };
  /** There is an earlier question, which is under way. */
  addedTo = async () => {
    const earlier = questionOf(`0.${this.question.messageTs}`, { threadTs: this.question.threadTs });
    await this.ledger.recorded(earlier, this.question);
    this.lease = await this.ledger.leased(earlier);
  };
  fold = () => this.lease.fold(this.question.messageTs);
  propose = () => {
    const { revision: _, ...change } = changeOf(this.ledger.now());
    return this.lease.noteChange(change);
  };
  proposed = async () => {
    await this.leased();
    await this.propose();
  };
  waiting = async () => {
    await this.proposed();
    await this.wait();
  };
  wait = () => this.lease.wait({ kind: 'decision', change: 'c1', until: this.ledger.now() + 900_000 });
  decide = async (verdict: 'approve' | 'deny') => {
    const [change] = Object.values((await this.ledger.recordOf(this.question))?.changes ?? {});
    return (await this.ledger.decisions.decide({ ...clickOn(change!), ...this.question, kind: 'decision', verdict })).kind;
  };
  edit = () => this.ledger.inbox.edit({ ...this.question, text: 'other words' });
  failed = async () => {
    await this.leased();
    await this.lease.close('failed', 'timed-out');
  };
  retry = async () => (await this.ledger.inbox.retry({ ...this.question, leg: 0 })).kind;
  stop = () => {
    const { teamId, channelId, threadTs, userId } = this.question;
    return this.ledger.inbox.requestStop({ teamId, channelId, threadTs, userId, ts: '4000000000.000000', mayStopAll: false });
  };
  takenByOther = () => this.ledger.leases.lease(this.question, 'worker-2');
}

/** All that is written to the ledger on a condition: what a new method writes belongs here, or this does not compile. */
type Write =
  | Exclude<keyof Lease, 'record' | 'taking'>
  | Exclude<keyof Leases, 'thread' | 'since'>
  | Exclude<keyof Inbox, 'conversation' | 'isAtWork'>
  | keyof Decisions
  | Exclude<keyof Overdue, 'overdue'>;

interface Case {
  readonly from: (stage: Stage) => Promise<unknown>;
  /** Gives what its caller is told. */
  readonly write: (stage: Stage) => Promise<unknown>;
  /** What moves the record before the write is repeated. */
  readonly meanwhile?: (stage: Stage) => Promise<unknown>;
}

const nothing = async () => {};
const claim = async ({ ledger, lease }: Stage) => (await ledger.overdue.claim(lease.record, ledger.now() + 60_000, 'send')) !== undefined;
const account = { kind: 'account', provider: 'atlassian', until: Date.UTC(2027, 0, 1) } as const;

const cases: Readonly<Record<Write, readonly Case[]>> = {
  record: [
    { from: nothing, write: ({ ledger, question }) => ledger.inbox.record(question) },
    { from: nothing, write: ({ ledger, question }) => ledger.inbox.record(question), meanwhile: (stage) => stage.takenByOther() },
  ],
  recordFeedback: [
    { from: (stage) => stage.recorded(), write: ({ ledger, question }) => ledger.inbox.recordFeedback(question, 'UANN', 'bad') },
    { from: (stage) => stage.recorded(), write: ({ ledger, question }) => ledger.inbox.recordFeedback(question, 'UANN', 'good') },
  ],
  recordReason: [
    {
      from: async ({ ledger, question, recorded }) => {
        await recorded();
        await ledger.inbox.recordFeedback(question, 'UANN', 'bad');
      },
      write: ({ ledger, question }) => ledger.inbox.recordReason(question, 'UANN', 'too long'),
    },
  ],
  edit: [
    { from: (stage) => stage.leased(), write: (stage) => stage.edit() },
    { from: (stage) => stage.waiting(), write: (stage) => stage.edit() },
    { from: (stage) => stage.waiting(), write: (stage) => stage.edit(), meanwhile: (stage) => stage.takenByOther() },
  ],
  withdraw: [
    { from: (stage) => stage.recorded(), write: ({ ledger, question }) => ledger.inbox.withdraw(question) },
    { from: (stage) => stage.leased(), write: ({ ledger, question }) => ledger.inbox.withdraw(question) },
    { from: (stage) => stage.waiting(), write: ({ ledger, question }) => ledger.inbox.withdraw(question) },
  ],
  retry: [
    { from: (stage) => stage.failed(), write: (stage) => stage.retry() },
    { from: (stage) => stage.failed(), write: (stage) => stage.retry(), meanwhile: (stage) => stage.takenByOther() },
  ],
  recordStop: [{ from: nothing, write: ({ ledger, question }) => ledger.inbox.recordStop(question) }],
  requestStop: [
    { from: (stage) => stage.leased(), write: (stage) => stage.stop() },
    { from: (stage) => stage.waiting(), write: (stage) => stage.stop() },
  ],
  decide: [
    { from: (stage) => stage.waiting(), write: (stage) => stage.decide('approve') },
    { from: (stage) => stage.waiting(), write: (stage) => stage.decide('approve'), meanwhile: (stage) => stage.takenByOther() },
    { from: (stage) => stage.proposed(), write: (stage) => stage.decide('deny'), meanwhile: (stage) => stage.wait() },
  ],
  lease: [
    { from: (stage) => stage.recorded(), write: async ({ ledger, question }) => (await ledger.leases.lease(question, 'worker-1')).kind },
    {
      from: (stage) => stage.recorded(),
      write: async ({ ledger, question }) => (await ledger.leases.lease(question, 'worker-1')).kind,
      meanwhile: (stage) => stage.stop(),
    },
    {
      from: (stage) => stage.leased(),
      write: async ({ ledger, question, lease }) => (await ledger.leases.lease(question, 'worker-1', lease)).kind,
    },
  ],
  postpone: [{ from: (stage) => stage.recorded(), write: ({ ledger, question }) => ledger.leases.postpone(question) }],
  noteQueued: [
    { from: (stage) => stage.recorded(), write: ({ ledger, question }) => ledger.leases.noteQueued(question) },
    {
      from: (stage) => stage.recorded(),
      write: ({ ledger, question }) => ledger.leases.noteQueued(question),
      meanwhile: (stage) => stage.takenByOther(),
    },
  ],
  renew: [{ from: (stage) => stage.leased(), write: ({ lease }) => lease.renew() }],
  noteReply: [
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.noteReply('1.1') },
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.noteReply('1.1'), meanwhile: ({ lease }) => lease.noteReply('1.2') },
  ],
  noteChange: [
    { from: (stage) => stage.leased(), write: async (stage) => (await stage.propose()) !== undefined },
    {
      from: (stage) => stage.leased(),
      write: async (stage) => (await stage.propose()) !== undefined,
      meanwhile: (stage) => stage.decide('deny'),
    },
  ],
  fold: [
    { from: (stage) => stage.addedTo(), write: async (stage) => (await stage.fold()) !== undefined },
    {
      from: (stage) => stage.addedTo(),
      write: async (stage) => (await stage.fold()) !== undefined,
      meanwhile: ({ ledger, question }) => ledger.inbox.edit({ ...question, text: 'other words' }),
    },
  ],
  goAlone: [
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.goAlone() },
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.goAlone(), meanwhile: (stage) => stage.takenByOther() },
  ],
  wait: [
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.wait(account) },
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.wait(account), meanwhile: (stage) => stage.takenByOther() },
    { from: (stage) => stage.proposed(), write: (stage) => stage.wait(), meanwhile: (stage) => stage.decide('approve') },
    {
      from: async (stage) => {
        await stage.proposed();
        await stage.decide('deny');
      },
      write: (stage) => stage.wait(),
    },
  ],
  close: [
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.close('answered') },
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.close('failed', 'timed-out'), meanwhile: (stage) => stage.retry() },
  ],
  release: [
    { from: (stage) => stage.leased(), write: ({ lease }) => lease.release() },
    {
      from: (stage) => stage.leased(),
      write: ({ lease }) => lease.release('unbegun'),
      meanwhile: (stage) => stage.takenByOther(),
    },
  ],
  claim: [
    { from: (stage) => stage.leased(), write: claim },
    { from: (stage) => stage.leased(), write: claim, meanwhile: (stage) => stage.takenByOther() },
  ],
  closeLost: [{ from: (stage) => stage.leased(), write: ({ ledger, lease }) => ledger.overdue.closeLost(lease.record, 'failed', 'lost') }],
};

describe('D5 a write that was taken, whose answer got lost and which the client repeats', () => {
  let ledger: Ledger;
  /** The next write that is taken is repeated, after so many others. */
  let losing: { after: number; meanwhile: () => Promise<unknown> } | undefined;
  let asked = 0;

  const around =
    (door: DynamoDb): DynamoDb =>
    async (operation, input) => {
      const answer = await door(operation, input);
      if (losing === undefined || (operation !== 'UpdateItem' && operation !== 'PutItem')) return answer;
      losing.after -= 1;
      if (losing.after >= 0) return answer;
      const { meanwhile } = losing;
      losing = undefined;
      await meanwhile();
      return door(operation, input);
    };

  beforeAll(async () => {
    ledger = await startedLedger({ around });
  });
  afterAll(() => ledger[Symbol.asyncDispose]());

  /** What the caller is told and what is on record then, of a new question each time. */
  async function run({ from, write, meanwhile = nothing }: Case, loseAfter?: number) {
    asked += 1;
    const ts = `${1_000_000 + asked}.000000`;
    const stage = new Stage(ledger, ts);
    await from(stage);
    losing = loseAfter === undefined ? undefined : { after: loseAfter, meanwhile: () => meanwhile(stage) };
    const told = await write(stage);
    if (loseAfter === undefined) await meanwhile(stage);
    const wasLost = losing === undefined;
    losing = undefined;
    return { wasLost, seen: plain({ told, record: await ledger.recordOf(stage.question) }, ts) };
  }

  const all = Object.entries(cases).flatMap(([name, variants]) => variants.map((variant, index) => [name, index + 1, variant] as const));
  it.each(all)('is known as its own and not done twice: %s, %i', async (_name, _index, variant) => {
    const { seen } = await run(variant);
    let writes = 0;
    for (let lost = await run(variant, 0); lost.wasLost; lost = await run(variant, writes)) {
      expect(lost.seen, `write ${writes + 1}`).toEqual(seen);
      writes += 1;
    }
    expect(writes).toBeGreaterThan(0);
  });
});

/** Without what is new each time. */
function plain(value: unknown, ts: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(ts, 'ts'), (key, inner) =>
    /^(?:id|hash|revision|leaseWrite|formerTaking)$/.test(key) ? key : inner,
  );
}
