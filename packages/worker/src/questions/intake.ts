import type { Lease, LeaseAnswer, Leases } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { type Clock, createDeadline } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { Health } from '../server/health.ts';
import { Turnstile } from '../turnstile.ts';
import { release } from './end-story.ts';
import type { HeldQuestion, Interruption, StoryEnd } from './story.ts';

/** What became of a question handed to this worker; `refused`: it is shutting down. */
export type Accepted = 'started' | 'waiting' | 'taken' | 'closed' | 'unknown' | 'refused';

export interface IntakeParams extends Pick<Clock, 'monotonic' | 'pause'> {
  readonly leases: Leases;
  readonly health: Health;
  readonly answer: (held: HeldQuestion) => Promise<StoryEnd>;
  /** Makes the name of this process in leases; asked once, with the first question, as many processes may start from one snapshot. */
  readonly newOwner: () => string;
  readonly log: Log;
  /** The longest a question may take, in milliseconds. */
  readonly patience: number;
  /** How often a lease is prolonged, in milliseconds; a stop is noticed as often. */
  readonly heartbeat: number;
  /** Questions that are answered at once; more of them wait. Undefined: as many as there are. */
  readonly mostAtOnce?: number | undefined;
}

type Leased = Extract<LeaseAnswer, { kind: 'leased' }>;

interface InHand {
  work: Promise<void>;
  readonly interrupt: (reason: Interruption) => void;
  /** Reads its record at once, as a stop may stand there; undefined while it waits for an earlier question. */
  look?: () => void;
}

const acceptedAs = { leased: 'started', behind: 'waiting', taken: 'taken', closed: 'closed', unknown: 'unknown' } as const;
/** Between two looks whether an earlier question of the thread is done, in milliseconds. */
const waitingPause = 1_000;

/** Each question keeps the process busy for some milliseconds before its model is asked: a hundred at once would keep `/ping` waiting. */
const atOnce = { most: 4, longest: 1_000 };

/** The questions this worker has in hand: each once, those of one thread one after the other. */
export class Intake {
  private readonly running = new Map<string, InHand>();
  /** Brought while this worker had them in hand; perhaps for a decision, or an account, that came after it looked. */
  private readonly broughtMeanwhile = new Set<string>();
  private readonly finished = new EventTarget();
  private readonly leasing: Turnstile;
  private readonly beginning: Turnstile;
  private readonly answering: Turnstile;
  private isClosing = false;
  private owner: string | undefined;
  private readonly params: IntakeParams;

  constructor(params: IntakeParams) {
    this.params = params;
    this.leasing = new Turnstile({ ...atOnce, pause: params.pause });
    this.beginning = new Turnstile({ ...atOnce, pause: params.pause });
    const { mostAtOnce: most = Number.POSITIVE_INFINITY, patience, pause } = params;
    // None takes twice its patience: a place is given free by its question.
    this.answering = new Turnstile({ most, longest: 2 * patience, pause });
  }

  /** Rejects when the ledger cannot be reached. */
  async accept(question: Question): Promise<Accepted> {
    if (this.isClosing) return 'refused';
    if (this.isInHand(question)) {
      this.broughtMeanwhile.add(question.id);
      return 'taken';
    }
    const log = this.params.log.with({ question: question.id });
    const answer = await this.lease(question);
    if (this.isInHand(question)) return 'taken';
    log.info('question.accepted', { lease: answer.kind });
    if (this.isClosing) {
      if (answer.kind === 'leased') await answer.lease.release();
      return 'refused';
    }
    if (answer.kind === 'leased') this.start(question, log, (controller) => this.answer(answer, question, log, controller));
    if (answer.kind === 'behind') this.start(question, log, (controller) => this.waitThenAnswer(question, log, controller));
    return acceptedAs[answer.kind];
  }

  /** Whoever brings what is in hand has something to tell, which stands in its record. */
  private isInHand({ id }: Question): boolean {
    this.running.get(id)?.look?.();
    return this.running.has(id);
  }

  /** Takes nothing more; what is under way gets `grace` milliseconds, then is given back to the ledger. */
  async close(grace: number): Promise<void> {
    this.isClosing = true;
    const under = [...this.running.values()];
    const all = Promise.all(under.map(({ work }) => work));
    await this.atMost(grace, all);
    for (const { interrupt } of under) interrupt('shutdown');
    await this.atMost(3_000, all);
  }

  private async atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
    const isDone = new AbortController();
    await Promise.race([work, this.params.pause(milliseconds, isDone.signal)]);
    isDone.abort();
  }

  private async lease(question: Question): Promise<LeaseAnswer> {
    const isThrough = await this.leasing.enter();
    try {
      this.owner ??= this.params.newOwner();
      return await this.params.leases.lease(question, this.owner);
    } finally {
      isThrough();
    }
  }

  private start(question: Question, log: Log, work: (controller: AbortController) => Promise<void>): void {
    const controller = new AbortController();
    const interrupt = (reason: Interruption) => controller.abort(reason);
    const inHand: InHand = { work: Promise.resolve(), interrupt };
    // Before the work, which looks itself up here.
    this.running.set(question.id, inHand);
    inHand.work = this.params.health
      .during(() => work(controller))
      .catch((error: unknown) => log.error('question.crashed', { error }))
      .finally(() => {
        this.running.delete(question.id);
        this.lookAgain(question, log);
        this.finished.dispatchEvent(new Event('question'));
      });
  }

  /** Nobody else brings it before the sweeper does. */
  private lookAgain(question: Question, log: Log): void {
    if (!this.broughtMeanwhile.delete(question.id)) return;
    this.accept(question).catch((error: unknown) => log.error('question.not-looked-at-again', { error }));
  }

  private async waitThenAnswer(question: Question, log: Log, controller: AbortController): Promise<void> {
    for (let looks = 0; !controller.signal.aborted; looks += 1) {
      const answer = await this.lease(question);
      if (answer.kind === 'leased') return this.answer(answer, question, log, controller);
      if (answer.kind !== 'behind') return log.info('question.left', { lease: answer.kind });
      if (looks === 0) log.info('question.waiting', { behind: answer.messageTs });
      // As often as a lease is renewed, so that it is never due while it waits here.
      if (looks % Math.max(1, Math.floor(this.params.heartbeat / waitingPause)) === 0) await this.params.leases.postpone(question);
      await this.untilSomethingEnds(controller.signal);
    }
  }

  private async untilSomethingEnds(signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.finished.addEventListener('question', () => woken.abort(), { once: true, signal: woken.signal });
    await this.params.pause(waitingPause, AbortSignal.any([signal, woken.signal]));
    woken.abort();
  }

  /** The ledger's record says what is asked; `brought` has what is not kept there. */
  private async answer({ lease }: Leased, brought: Question, log: Log, controller: AbortController): Promise<void> {
    const end = await this.takeTurn(lease, brought, log, controller);
    if (end !== 'again') return;
    // Nobody goes on with it here, but for ending what was stopped; held on to, it would wait for the lease to run out.
    const isEnding = controller.signal.reason === 'stop' || controller.signal.reason === 'withdrawn';
    if (controller.signal.aborted && !isEnding) return void (await lease.release());
    const next = await this.lease(lease.record.question);
    if (next.kind === 'leased') return this.answer(next, brought, log, controller);
    log.info('question.left', { lease: next.kind });
  }

  private async takeTurn(lease: Lease, { id, actionToken }: Question, log: Log, controller: AbortController): Promise<StoryEnd> {
    const { patience, answer } = this.params;
    const { signal } = controller;
    const interrupt = (reason: Interruption) => controller.abort(reason);
    const hold = holdLease(lease, this.params, interrupt, log);
    const inHand = this.running.get(id);
    if (inHand) inHand.look = hold.look;
    if ((lease.record.withdrawnAt ?? 0) > 0) interrupt('withdrawn');
    else if ((lease.record.stopRequestedAt ?? 0) > 0) interrupt('stop');
    if (this.answering.isFull || this.beginning.isFull) log.info('question.queued');
    const answered = await this.answering.enter(signal);
    const begun = await this.beginning.enter(signal);
    log.info('question.leased', { attempt: lease.record.attempts });
    const tooLong = createDeadline(this.params, patience);
    tooLong.signal.addEventListener('abort', () => interrupt('timeout'));
    try {
      const isOver = signal.reason === 'shutdown' || signal.reason === 'lease-lost';
      const end = isOver ? await release(lease) : await answer({ lease, log, signal, interrupt, begun, actionToken });
      if (end === 'released') log.info('question.released');
      if (end === 'left') log.warn('question.lease-lost');
      return end;
    } catch (error) {
      log.error('question.interrupted', { error });
      return await release(lease);
    } finally {
      begun();
      answered();
      tooLong.end();
      await hold.end();
    }
  }
}

/** Prolongs a lease every `heartbeat` milliseconds until ended; interrupts the work when it is lost or a stop was asked for. */
function holdLease(
  lease: Lease,
  { heartbeat, pause }: Pick<IntakeParams, 'heartbeat' | 'pause'>,
  interrupt: (reason: Interruption) => void,
  log: Log,
): { look(): void; end(): Promise<void> } {
  const ended = new AbortController();
  let woken = new AbortController();
  const beating = beat();
  return {
    look: () => woken.abort(),
    async end() {
      ended.abort();
      await beating;
    },
  };

  async function beat(): Promise<void> {
    while (!ended.signal.aborted) {
      await pause(heartbeat, AbortSignal.any([ended.signal, woken.signal]));
      woken = new AbortController();
      if (ended.signal.aborted) return;
      try {
        const { held, stopRequested, withdrawn } = await lease.renew();
        if (!held && !ended.signal.aborted) interrupt('lease-lost');
        else if (withdrawn) interrupt('withdrawn');
        else if (stopRequested) interrupt('stop');
      } catch (error) {
        // The lease outlives several missed beats.
        log.warn('lease.renew-failed', { error });
      }
    }
  }
}
