import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import type { Lease } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { kernelId } from '@vera/service-kit/kernel-random';
import { answerQuestion } from '@vera/worker/answer-question';
import { createHealth } from '@vera/worker/create-health';
import { type Accepted, Intake } from '@vera/worker/intake';
import { createBudgetFor } from '@vera/worker/question-budget';
import type { AnswerParams, HeldQuestion, StoryEnd } from '@vera/worker/story';
import { fakeAccounts } from './fakes/fake-accounts.ts';
import { fakeAgent } from './fakes/fake-agent.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { tableName, type World } from './world.ts';

/** Milliseconds, as the worker's own settings have them. */
const leaseMilliseconds = 20_000;
const heartbeat = 5_000;
const patience = 600_000;
/** After SIGTERM: until work is interrupted, and until the process is killed. */
const ending = { grace: 10_000, killed: 15_000 };

/** A worker's process: our intake, leases and turn on one side, a fake model and fake systems on the other. */
export class SimulatedWorker {
  readonly process: SimulatedProcess;
  private readonly intake: Intake;
  private readonly world: World;
  private isClosing = false;
  private owner: string | undefined;

  constructor(world: World) {
    this.world = world;
    this.process = world.process('worker', () => this.terminate());
    const { clock, log } = this.process;
    const leases = createDynamoLeases({ dynamoDb: world.dynamoDb(this.process, 'worker'), tableName, now: clock.now, leaseMilliseconds });
    const answering = this.answering(leases);
    const params = {
      leases,
      log,
      patience,
      heartbeat,
      leaseMilliseconds,
      pause: clock.pause,
      monotonic: world.bug.monotonic ?? clock.monotonic,
      health: createHealth(clock.now),
      newOwner: () => this.newOwner(),
      answer: (held: HeldQuestion) => this.answer(answering, held),
    };
    this.intake = new Intake(params);
  }

  /** Whether a session leads to it. */
  get isOpen(): boolean {
    return this.process.isAlive && !this.isClosing;
  }

  accept(question: Question): Promise<Accepted> {
    return this.intake.accept(question);
  }

  /** SIGTERM. */
  terminate(): void {
    if (!this.isOpen) return;
    this.isClosing = true;
    this.process.trace('SIGTERM');
    this.process.wake(() => void this.intake.close(ending.grace));
    this.world.schedule.in(ending.killed, () => this.kill());
  }

  private kill(): void {
    const { process, world } = this;
    const mine = world.table.items.filter(({ leaseOwner, state }) => leaseOwner?.S === this.owner && state?.S === 'running');
    if (process.isAlive && !process.isHit && !world.plan.areOwnersEqual && mine.length > 0)
      world.violate(`${process.name} ended and kept its lease`);
    process.die();
  }

  private newOwner(): string {
    this.owner = this.world.bug.newOwner?.() ?? (this.world.plan.areOwnersEqual ? 'worker' : kernelId());
    return this.owner;
  }

  private async answer(params: AnswerParams, held: HeldQuestion): Promise<StoryEnd> {
    const { bug, holdings } = this.world;
    const end = holdings.begin(held.lease.record.question.text, this.process, held.signal);
    const given = { ...held, lease: endingLease(held.lease, end) };
    try {
      return await answerQuestion(params, bug.held?.(given) ?? given);
    } finally {
      end();
    }
  }

  private answering(leases: AnswerParams['leases']): AnswerParams {
    const { process, world } = this;
    const { tokensPerDay } = world.plan;
    const call = world.slackCalls(process, 'worker');
    const params: AnswerParams = {
      ...process.clock,
      call,
      leases,
      audit: { note: async () => true, content: 'metadata' },
      agent: fakeAgent(process, {
        // One that stood still does not know yet how late it is.
        asks: (name) => process.isHit || world.minds.asks(name),
        hears: (name) => world.minds.hears(name),
        paid: (tokens) => world.modelCalls.push(tokens),
        read: world.read,
      }),
      accounts: fakeAccounts(process, (effect) => world.change(effect)),
      people: { name: async () => 'Ann', isColleague: async () => true, isGuest: async () => false },
      budgetFor: createBudgetFor({
        ...process.clock,
        newId: kernelId,
        platform: 'v2',
        isPriced: true,
        questionsPerMinute: undefined,
        purses: createDynamoPurses({ dynamoDb: world.dynamoDb(process, 'worker'), tableName, now: process.clock.now }),
        limits: { calls: 60, tokens: 600_000, toolCalls: 200, sameCalls: 5 },
        daily: { person: {}, channel: {}, workspace: tokensPerDay === undefined ? {} : { tokens: tokensPerDay } },
      }),
      isPriced: true,
      showsCost: false,
      overlap: world.plan.overlap,
      toolsFor: () => [],
      fetchFile: async () => {
        throw new Error('There are no files');
      },
      upload: { call, isSlackHost: () => false, looks: [0] },
      tellPrivately: async () => true,
      toSystemPrompt: () => ({ stable: 'You answer.', situation: 'Somebody asks.' }),
    };
    return world.bug.answer?.(params) ?? params;
  }
}

/** Who lets go of a question may still wait for the answer, and tidy up. */
function endingLease(lease: Lease, end: () => void): Lease {
  return {
    ...lease,
    wait: (...given) => {
      end();
      return lease.wait(...given);
    },
    close: (...given) => {
      end();
      return lease.close(...given);
    },
    release: (...given) => {
      end();
      return lease.release(...given);
    },
  };
}
