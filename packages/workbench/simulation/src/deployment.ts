import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import type { Verdict } from '@vera/protocol/verdict';
import { createReceiver, type ReceiverParams } from '@vera/receiver/receiver';
import { sign } from '@vera/slack-stand-in/events/send';
import { sweep } from '@vera/sweeper/sweep';
import { tellLost } from '@vera/sweeper/tell-lost';
import { people } from './question-of.ts';
import { NoAnswer, type SimulatedProcess } from './simulated-process.ts';
import { SimulatedWorker } from './simulated-worker.ts';
import { tableName, type World } from './world.ts';

/** Milliseconds. */
const deliveryGrace = 120_000;
const sweepPause = 5_000;
const signingSecret = 'secret';

/** All deployables of ours in one run: receivers, the way through the invoker, workers and sweepers, each a process of its own. */
export class Deployment {
  private readonly workers = new Map<string, SimulatedWorker[]>();
  private isSweeping = false;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    world.onWrite = () => this.startSweeping();
  }

  /** Slack sends something, and again until it is told that it arrived, which `taken` hears of. */
  deliver(verdict: Verdict, { mostTimes = 4, taken }: { readonly mostTimes?: number; readonly taken?: () => void } = {}): void {
    const pauses = [1_000, 60_000, 300_000];
    const send = (times: number) => {
      let status = 0;
      void this.receive(verdict).then((answer) => {
        status = answer;
        if (status === 200) taken?.();
      });
      if (times >= mostTimes) return;
      this.world.schedule.in(3_000, () => status !== 200 && this.world.schedule.in(pauses[times - 1] ?? 0, () => send(times + 1)));
    };
    this.world.schedule.in(this.world.schedule.random.between(50, 400), () => send(1));
  }

  private async receive(verdict: Verdict): Promise<number> {
    const process = this.world.process('receiver');
    const { now } = process.clock;
    const params = { dynamoDb: this.world.dynamoDb(process, 'receiver'), tableName, now, deliveryGrace };
    const patientCall = this.world.slackCalls(process, 'receiver');
    const receiver: ReceiverParams = {
      signingSecret,
      now,
      tracedShare: 0,
      classify: () => verdict,
      followUps: 'asker',
      scope: 'thread' as const,
      log: process.log,
      stoppers: new Set([people.admin]),
      pause: process.clock.pause,
      note: async () => true,
      inbox: createDynamoInbox(params),
      decisions: createDynamoDecisions(params),
      tellPrivately: async () => true,
      call: (method, args) => patientCall(method, args, { patience: 0 }),
      // An errand has no record: a worker says something privately.
      forward: async (work) => (work.kind === 'question' ? this.forward(process, work) : process.trace(`errand ${work.wish}`)),
    };
    const receive = createReceiver(this.world.bug.receiver?.(receiver) ?? receiver);
    const { 'x-slack-request-timestamp': timestamp = null, 'x-slack-signature': signature = null } = sign('', signingSecret, now());
    return (await receive({ body: new Uint8Array(), timestamp, signature, contentType: '' })).status;
  }

  /** To the invoker, by two tries. */
  private async forward(process: SimulatedProcess, question: Question): Promise<void> {
    const invoke = () => process.call('invoke', () => this.invoke(question));
    await invoke().catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error;
      return invoke();
    });
  }

  private invoke(question: Question): void {
    const copies = this.world.plan.isDoubled ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1)
      this.world.schedule.in(this.world.schedule.random.between(20, 3_000 * copy + 200), () => this.bring(question, 1));
  }

  /** Lambda tries three times to hand it to a worker of its session. */
  private bring(question: Question, times: number): void {
    const worker = this.workerFor(question.threadTs);
    let isTaken = false;
    worker.process.wake(() => {
      worker.accept(question).then(
        (accepted) => {
          isTaken = accepted !== 'refused';
        },
        () => undefined,
      );
    });
    if (times < 3)
      this.world.schedule.in(30_000, () => !isTaken && this.world.schedule.in(60_000 * times, () => this.bring(question, times + 1)));
  }

  private workerFor(session: string): SimulatedWorker {
    const all = this.workers.get(session) ?? [];
    const live = all.filter((worker) => worker.isOpen);
    const isTwin = this.world.plan.hasTwins && live.length < 2 && this.world.schedule.random.chance(0.5);
    const [first, ...others] = live;
    if (first && !isTwin) return this.world.schedule.random.pick([first, ...others]);
    const worker = new SimulatedWorker(this.world);
    this.workers.set(session, [...all, worker]);
    return worker;
  }

  /** All workers are told to end: the next ones are of a new image. */
  deploy(): void {
    for (const worker of [...this.workers.values()].flat()) if (worker.isOpen) worker.terminate();
  }

  /** As long as something is open, the sweeper looks. */
  private startSweeping(): void {
    if (this.isSweeping) return;
    this.isSweeping = true;
    this.world.schedule.in(sweepPause, () => this.look());
  }

  private look(): void {
    const due = this.world.table.items.flatMap(({ open, dueAt }) => (open ? [Number(dueAt?.N)] : []));
    if (due.length === 0) {
      this.isSweeping = false;
      return;
    }
    const process = this.world.process('sweeper');
    const next = Math.min(...due) - process.clock.now();
    if (next < 0) void this.sweep(process);
    // Where nothing is due for long, nothing would be found.
    this.world.schedule.in(next > 60_000 ? next / 2 : sweepPause, () => this.look());
  }

  private async sweep(process: SimulatedProcess): Promise<void> {
    const { now } = process.clock;
    const call = this.world.slackCalls(process, 'sweeper');
    const params = {
      overdue: createDynamoOverdue({
        dynamoDb: this.world.dynamoDb(process, 'sweeper'),
        tableName,
        now,
        onUnreadable: (error) => this.world.violate(`${error}`),
      }),
      resend: (question: Question) => this.forward(process, question),
      tellLost: (record: QuestionRecord) => tellLost({ call, pause: process.clock.pause }, record),
      mostAttempts: 3,
      deliveryGrace,
      longestUnheld: 900_000,
      now,
      note: async () => true,
      tellTrace: async () => undefined,
      scope: 'thread' as const,
      log: process.log,
    };
    await sweep(params).catch((error: unknown) => {
      if ((error as Error).name !== 'NoAnswer') throw error;
      // The run has failed, as its alarm tells; the next one looks anew.
      process.trace('sweep failed');
    });
  }
}
