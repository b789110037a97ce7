import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lease, QuestionRecord } from '../src/ledger.ts';
import { changeOf, clickOn } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { leaseMilliseconds, startedLedger } from './started-ledger.ts';

const questions = ['100.000001', '100.000002', '100.000003'].map((ts) => questionOf(ts));
const indexOf = (record: QuestionRecord) => questions.findIndex(({ id }) => id === record.question.id);

type Ledger = Awaited<ReturnType<typeof startedLedger>>;
/** What happens next: workers and sweepers act on what they last saw, however old that is. */
type Step =
  | {
      readonly do: 'record' | 'lease' | 'renew' | 'close' | 'release' | 'postpone' | 'propose' | 'wait' | 'decide';
      readonly question: number;
      readonly worker: number;
    }
  | { readonly do: 'look' | 'claim' | 'give up'; readonly sweeper: number }
  | { readonly do: 'pass'; readonly milliseconds: number };

const question = fc.nat(2);
const sweeper = fc.nat(1);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('record', 'lease', 'renew', 'close', 'release', 'postpone', 'propose', 'wait', 'decide'),
    question,
    worker: fc.nat(2),
  }),
  fc.record({ do: fc.constantFrom('look', 'claim', 'give up'), sweeper }),
  fc.record({ do: fc.constant('pass' as const), milliseconds: fc.constantFrom(1, leaseMilliseconds - 1, leaseMilliseconds + 1, 200_000) }),
);

/** Carries steps out and notes what the ledger allowed. */
class Story {
  readonly closings: number[] = [];
  private readonly ledger: Ledger;
  /** The lease each worker believes to have, by worker and question. */
  private readonly believed = new Map<string, Lease>();
  /** Whom the ledger gave each question last and how long that holds; nobody once it was taken back. */
  private readonly holders = new Map<number, { readonly owner: string | undefined; readonly until: number }>();
  private readonly seen = new Map<number, readonly QuestionRecord[]>();
  /** Changes that were decided about, by question and change. */
  readonly decided: string[] = [];
  private proposals = 0;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'pass') return this.ledger.pass(step.milliseconds);
    if ('sweeper' in step) return this.sweep(step.do, step.sweeper);
    const asked = questions[step.question] ?? questions[0]!;
    if (step.do === 'record') return void (await this.ledger.inbox.record(asked));
    if (step.do === 'postpone') return this.ledger.leases.postpone(asked);
    if (step.do === 'lease') return this.lease(step.question, step.worker);
    if (step.do === 'decide') return this.decide(step.question);
    const lease = this.believed.get(`${step.worker} ${step.question}`);
    if (!lease) return;
    if (step.do === 'propose') return this.propose(step.question, lease);
    if (step.do === 'wait') return this.wait(step.question, lease);
    await this.write(step.do, step.question, lease);
  }

  private async propose(index: number, lease: Lease): Promise<void> {
    this.proposals += 1;
    const { revision: _, ...change } = changeOf(this.ledger.now(), { id: `c${this.proposals}` });
    expect((await lease.noteChange(change)) !== undefined, 'a change by the holder').toBe(this.isHolder(index, lease));
  }

  /** For the first change that nobody decided about. */
  private async wait(index: number, lease: Lease): Promise<void> {
    const change = Object.values((await this.recordOf(index))?.changes ?? {}).find(({ state }) => state === 'proposed');
    if (!change) return;
    const answer = await lease.wait({ kind: 'decision', change: change.id, until: change.expiresAt });
    expect(answer, 'the wait').toBe(this.isHolder(index, lease) ? 'waiting' : 'lost');
    if (answer === 'waiting') this.holders.delete(index);
  }

  /** Somebody presses every button there is. */
  private async decide(index: number): Promise<void> {
    const { messageTs } = questions[index]!;
    for (const change of Object.values((await this.recordOf(index))?.changes ?? {})) {
      const answer = await this.ledger.decisions.decide(clickOn(change, { messageTs }));
      if (answer.kind === 'decided') this.decided.push(`${index} ${change.id}`);
    }
  }

  private async recordOf(index: number): Promise<QuestionRecord | undefined> {
    return this.ledger.recordOf(questions[index]!);
  }

  private isHolder(index: number, lease: Lease): boolean {
    return this.holders.get(index)?.owner === lease.record.leaseOwner;
  }

  private async lease(index: number, worker: number): Promise<void> {
    const answer = await this.ledger.leases.lease(questions[index]!, `worker-${worker}`);
    if (answer.kind !== 'leased') return;
    const open = (await this.ledger.leases.thread(questions[0]!)).filter(({ state }) => state === 'received' || state === 'running');
    expect(open[0]?.question.id, 'an earlier question is open').toBe(answer.lease.record.question.id);
    // A worker may take its own question again: its write may have been repeated because the answer got lost.
    const holder = this.holders.get(index);
    if (holder?.owner !== answer.lease.record.leaseOwner)
      expect(holder?.until ?? 0, 'it is held by another').toBeLessThan(this.ledger.now());
    this.believed.set(`${worker} ${index}`, answer.lease);
    this.hold(index, answer.lease);
  }

  private async write(kind: 'renew' | 'close' | 'release', index: number, lease: Lease): Promise<void> {
    const done = kind === 'renew' ? (await lease.renew()).held : await (kind === 'close' ? lease.close('answered') : lease.release());
    const isHolder = this.isHolder(index, lease);
    expect(done, `${kind} by ${isHolder ? 'the holder' : 'another'}`).toBe(isHolder);
    if (done && kind === 'renew') return this.hold(index, lease);
    if (done) this.holders.delete(index);
    if (done && kind === 'close') this.closings.push(index);
  }

  private hold(index: number, { record }: Lease): void {
    this.holders.set(index, { owner: record.leaseOwner, until: this.ledger.now() + leaseMilliseconds });
  }

  private async sweep(kind: 'look' | 'claim' | 'give up', sweeper: number): Promise<void> {
    if (kind === 'look') return void this.seen.set(sweeper, await this.ledger.overdue.overdue(this.ledger.now(), 10));
    const [record, ...rest] = this.seen.get(sweeper) ?? [];
    if (!record) return;
    this.seen.set(sweeper, rest);
    const now = this.ledger.now();
    const done = await (kind === 'claim'
      ? this.ledger.overdue.claim(record, now + 120_000, record.state === 'waiting' ? 'wake' : 'send')
      : this.ledger.overdue.closeLost(record, 'failed', 'lost'));
    if (done) this.holders.delete(indexOf(record));
    if (done && kind === 'give up') this.closings.push(indexOf(record));
  }
}

describe('whatever workers and sweepers do in whatever order', () => {
  it('a question has one holder at a time, goes in the order asked and is closed once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 60 }), async (story) => {
        await using ledger = await startedLedger();
        const told = new Story(ledger);
        for (const asked of questions) await ledger.inbox.record(asked);
        for (const step of story) await told.take(step);
        expect(new Set(told.closings).size).toBe(told.closings.length);
        expect(new Set(told.decided).size, 'a change is decided about once').toBe(told.decided.length);
        const records = await ledger.leases.thread(questions[0]!);
        const closed = records.filter(({ state }) => state === 'answered' || state === 'failed').map(indexOf);
        expect(closed.sort()).toEqual([...told.closings].sort());
      }),
      { numRuns: 40 },
    );
  });
});
