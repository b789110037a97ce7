import type { Lease, LeaseAnswer, Leases, QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { atMost, createDeadline } from '@vera/service-kit/clock';
import { type Log, withLogFields } from '@vera/service-kit/log';
import type { Health } from '../server/health.ts';
import type { Tracing } from '../tracing/create-tracing.ts';
import { Turnstile } from '../turnstile.ts';
import { causeOf, release } from './end-story.ts';
import { type HoldParams, holdLease } from './hold-lease.ts';
import type { HeldQuestion, Interruption, StoryEnd } from './story.ts';

/** What became of a question handed to this worker; `refused`: it is shutting down. */
export type Accepted = 'started' | 'waiting' | 'taken' | 'closed' | 'unknown' | 'refused';

export interface IntakeParams extends HoldParams {
  readonly leases: Leases;
  readonly health: Pick<Health, 'during'>;
  readonly answer: (held: HeldQuestion) => Promise<StoryEnd>;
  /** Shows in its thread that a question waits for its turn. Undefined: nothing does. */
  readonly showQueued?: (question: Question) => Promise<void>;
  /** Makes the name of this process in leases; asked once, with the first question, as many processes may start from one snapshot. */
  readonly newOwner: () => string;
  readonly log: Log;
  /** Undefined: nothing is traced. */
  readonly tracing?: Pick<Tracing, 'arrived' | 'attempt' | 'flush'> | undefined;
  /** The longest a question may take, in milliseconds. */
  readonly patience: number;
  /** Questions that are answered at once; more of them wait. Undefined: as many as there are. */
  readonly mostAtOnce?: number | undefined;
  /** How long a question waits here for an earlier one, in milliseconds, before it is left to the sweeper. Undefined: as long as that takes. */
  readonly longestWait?: number | undefined;
}

/** With when it was asked for, by the monotonic clock. */
type Leased = Extract<LeaseAnswer, { kind: 'leased' }> & { readonly askedAt: number };

interface InHand {
  readonly controller: AbortController;
  work: Promise<void>;
  /** To the ledger; it writes nothing more then. Undefined while it waits for an earlier question. */
  giveBack?: () => Promise<unknown>;
  /** Reads its record at once, as a stop may stand there. */
  look?: () => void;
}

const acceptedAs = { leased: 'started', behind: 'waiting', taken: 'taken', closed: 'closed', unknown: 'unknown' } as const;
/** Between two looks whether an earlier question of the thread is done, in milliseconds. */
const waitingPause = 1_000;

/** For the last words, and for giving back what does not end, in milliseconds. */
const farewell = 2_000;

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
  async accept(given: Question): Promise<Accepted> {
    if (this.isClosing) return 'refused';
    const question = this.params.tracing?.arrived(given) ?? given;
    if (this.isInHand(question)) {
      this.broughtMeanwhile.add(question.id);
      return 'taken';
    }
    const log = this.params.log.with({ question: question.id });
    const answer = await this.lease(question);
    if (this.isInHand(question)) {
      // Another copy of it waits here since, and goes on.
      if (answer.kind === 'leased') await answer.lease.release('unbegun');
      return 'taken';
    }
    log.info('question.accepted', { lease: answer.kind });
    if (this.isClosing) {
      if (answer.kind === 'leased') await answer.lease.release('unbegun');
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

  /**
   * Takes nothing more; what is under way gets `grace` milliseconds, whether or not somebody waits for it, then some seconds to say that it goes on
   * elsewhere. What does not end by then is given back to the ledger all the same.
   */
  async close(grace: number): Promise<void> {
    this.isClosing = true;
    const under = [...this.running.values()];
    const all = Promise.all(under.map(({ work }) => work));
    await atMost(this.params, grace, all);
    for (const { controller } of under) controller.abort('shutdown' satisfies Interruption);
    await atMost(this.params, farewell, all);
    await atMost(this.params, farewell, Promise.allSettled([...this.running.values()].map(({ giveBack }) => giveBack?.())));
  }

  private async lease(question: Question, held?: Lease): Promise<LeaseAnswer & { readonly askedAt: number }> {
    const isThrough = await this.leasing.enter();
    try {
      this.owner ??= this.params.newOwner();
      const askedAt = this.params.monotonic();
      return { ...(await this.params.leases.lease(question, this.owner, held)), askedAt };
    } finally {
      isThrough();
    }
  }

  private start(question: Question, log: Log, work: (controller: AbortController) => Promise<void>): void {
    const controller = new AbortController();
    const inHand: InHand = { controller, work: Promise.resolve() };
    // Before the work, which looks itself up here.
    this.running.set(question.id, inHand);
    inHand.work = this.params.health.during(async () => {
      await this.worked(question, log, work(controller));
      // Nobody waits for this, and the process is busy until it is over: one that is idle may be gone the next moment.
      await this.params.tracing?.flush();
    });
  }

  private async worked(question: Question, log: Log, work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => log.error('question.crashed', { error }));
    this.running.delete(question.id);
    this.lookAgain(question, log);
    this.finished.dispatchEvent(new Event('question'));
  }

  /** Nobody else brings it before the sweeper does. */
  private lookAgain(question: Question, log: Log): void {
    if (!this.broughtMeanwhile.delete(question.id)) return;
    this.accept(question).catch((error: unknown) => log.error('question.not-looked-at-again', { error }));
  }

  private async waitThenAnswer(question: Question, log: Log, controller: AbortController): Promise<void> {
    const { longestWait = Number.POSITIVE_INFINITY, monotonic } = this.params;
    const until = monotonic() + longestWait;
    let isLeft = false;
    for (let looks = 0; !controller.signal.aborted; looks += 1) {
      const answer = await this.lease(question);
      if (answer.kind === 'behind' && answer.until !== undefined) {
        if (isLeft) return log.info('question.left', { lease: answer.kind, until: answer.until });
        await this.params.leases.postpone(question, answer.until);
        // What it waits with may have gone on before that was written.
        isLeft = true;
        continue;
      }
      if (answer.kind === 'leased') return this.answer(answer, question, log, controller);
      if (answer.kind !== 'behind' || monotonic() >= until) return log.info('question.left', { lease: answer.kind });
      if (looks === 0) log.info('question.waiting', { behind: answer.messageTs });
      // What is taken in, or done, at once needs no sign.
      if (looks === 1) await this.showQueued(question, log);
      // As often as a lease is renewed, so that it is never due while it waits here.
      if (looks % Math.max(1, Math.floor(this.params.heartbeat / waitingPause)) === 0) await this.params.leases.postpone(question);
      await this.untilSomethingEnds(question, controller.signal);
    }
  }

  /** Once, whoever else looks. Of a follow-up, and of what a shortcut is about, nothing is shown before it is known to be for Vera. */
  private async showQueued(question: Question, log: Log): Promise<void> {
    const { leases, showQueued } = this.params;
    if (!showQueued || question.followUp || question.shortcut) return;
    try {
      if (await leases.noteQueued(question)) await showQueued(question);
    } catch (error) {
      log.warn('question.not-shown-as-queued', { error });
    }
  }

  /** Or until it is brought once more, as after a stop. */
  private async untilSomethingEnds({ id }: Question, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const inHand = this.running.get(id);
    if (inHand) inHand.look = () => woken.abort();
    this.finished.addEventListener('question', () => woken.abort(), { once: true, signal: woken.signal });
    await this.params.pause(waitingPause, AbortSignal.any([signal, woken.signal]));
    woken.abort();
  }

  /** The ledger's record says what is asked; `brought` has what is not kept there. */
  private async answer(leased: Leased, brought: Question, log: Log, controller: AbortController): Promise<void> {
    const { lease } = leased;
    const end = await withLogFields({ attempt: lease.record.attempts }, () => this.takeTurn(leased, brought, log, controller));
    if (end !== 'again') return;
    // Nobody goes on with it here, but for ending what was stopped; held on to, it would wait for the lease to run out.
    const isEnding = controller.signal.reason === 'stop' || controller.signal.reason === 'withdrawn';
    if (controller.signal.aborted && !isEnding) return void (await lease.release('hindered', String(controller.signal.reason)));
    const next = await this.lease(lease.record.question, lease);
    if (next.kind === 'leased') return this.answer(next, brought, log, controller);
    if (next.kind === 'behind') return this.stepBack(leased, brought, log, controller);
    log.info('question.left', { lease: next.kind });
  }

  /** An earlier question that waited for a person goes on first; held on to, this one would wait for its lease to run out, and for the sweeper. */
  private async stepBack({ lease }: Leased, brought: Question, log: Log, controller: AbortController): Promise<void> {
    const inHand = this.running.get(brought.id);
    if (inHand) {
      delete inHand.giveBack;
      delete inHand.look;
    }
    // Not as unbegun: what it has said stands there, so that no other question takes it in.
    if (await lease.release('hindered', 'behind')) await this.waitThenAnswer(brought, log, controller);
  }

  private async takeTurn({ lease, askedAt }: Leased, brought: Question, log: Log, controller: AbortController): Promise<StoryEnd> {
    const { patience, answer } = this.params;
    const { signal } = controller;
    const hold = holdLease({ lease, askedAt, interrupt: (reason) => controller.abort(reason), log }, this.params);
    const interrupt = (reason: Interruption) => (reason === 'lease-lost' ? hold.lose() : controller.abort(reason));
    const inHand = this.running.get(brought.id);
    const giveBack = () => {
      // Whatever still hangs in it says nothing more: another worker may come at once.
      hold.lose();
      return lease.release('hindered', 'shutdown');
    };
    if (inHand) Object.assign(inHand, { giveBack, look: hold.look });
    if ((lease.record.withdrawnAt ?? 0) > 0) interrupt('withdrawn');
    else if ((lease.record.stopRequestedAt ?? 0) > 0) interrupt('stop');
    if (this.answering.isFull || this.beginning.isFull) log.info('question.queued');
    const answered = await this.answering.enter(signal);
    const begun = await this.beginning.enter(signal);
    log.info('question.leased', { attempt: lease.record.attempts, ...whyAgain(lease.record) });
    const tooLong = createDeadline(this.params, patience);
    tooLong.signal.addEventListener('abort', () => interrupt('timeout'));
    try {
      const isOver = signal.reason === 'shutdown' || hold.isLost();
      const held = { lease, log, signal, lost: hold.lost, isLost: hold.isLost, interrupt, begun, actionToken: brought.actionToken };
      const end = isOver ? await release(lease, 'unbegun') : await this.attempt(lease, brought, () => answer(held));
      tellEnd(end, signal, log);
      return end;
    } catch (error) {
      log.error('question.interrupted', { error });
      return await release(lease, hold.isLost() ? 'hindered' : undefined, hold.isLost() ? 'lease-lost' : causeOf(error));
    } finally {
      begun();
      answered();
      tooLong.end();
      await hold.end();
    }
  }

  private attempt(lease: Lease, brought: Question, work: () => Promise<StoryEnd>): Promise<StoryEnd> {
    const { tracing } = this.params;
    return tracing ? tracing.attempt(lease, brought, work) : work();
  }
}

/** Of what is not the first try: what ended the one before. A lease that a successor took itself had run out unseen. */
function whyAgain({ attempts, hindrances = 0, brokeOff = 'lease-ran-out' }: QuestionRecord): { readonly after?: string } {
  return attempts > 1 || hindrances > 0 ? { after: brokeOff } : {};
}

function tellEnd(end: StoryEnd, signal: AbortSignal, log: Log): void {
  if (end === 'released') log.info('question.released', { why: signal.aborted ? String(signal.reason) : 'not-finished' });
  if (end === 'left') log.warn('question.lease-lost');
}
