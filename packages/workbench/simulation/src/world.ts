import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { StopAction } from '@vera/protocol/action';
import type { Question } from '@vera/protocol/question';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackCall } from '@vera/slack/slack-calls';
import { Random } from '@vera/stand-in-kit/random';
import { ChangesOfMind, type Ended, effectOf, rootOf, type Wording } from './changes-of-mind.ts';
import { dynamoDbOf } from './fakes/dynamo-db-of.ts';
import type { Effect } from './fakes/fake-accounts.ts';
import { nameOf } from './fakes/fake-agent.ts';
import { type FakeMessage, FakeSlack } from './fakes/fake-slack.ts';
import { slackCallsOf } from './fakes/slack-calls-of.ts';
import { findDeadCards } from './find-dead-cards.ts';
import { Holdings } from './holdings.ts';
import { Order } from './order.ts';
import type { Plan } from './plan/plan.ts';
import type { PlantedBug, Role } from './planted-bug.ts';
import { botUserId, people } from './question-of.ts';
import { Schedule } from './schedule.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { TableModel } from './table/table-model.ts';

export const tableName = 'ledger';

/** After so many milliseconds a card says what became of its change, whatever befell those who were to write that: less than a card waits for its yes. */
const settled = 600_000;

/** What there is in one run beside ourselves: time, Slack, the ledger's table, other systems, and machines to run on. */
export class World {
  readonly schedule: Schedule;
  readonly table = new TableModel();
  readonly slack: FakeSlack;
  /** Names of what a model was told while it answered something else, and has read. */
  readonly read = new Set<string>();
  /** What the model was paid for, in tokens. */
  readonly modelCalls: number[] = [];
  /** What was changed in the other system. */
  readonly effects: Effect[] = [];
  readonly violations: string[] = [];
  readonly lines: string[] = [];
  readonly holdings: Holdings;
  readonly minds: ChangesOfMind;
  /** The sweeper told that a question was lost. */
  hasLoss = false;
  /** When the outcome of each question, by its id, was first seen, in true milliseconds. */
  readonly outcomeAt = new Map<string, number>();
  private readonly order: Order;
  readonly plan: Plan;
  readonly bug: PlantedBug;
  /** Somebody may have written into the table. */
  onWrite: () => void = () => undefined;
  onMessage: (message: FakeMessage) => void = () => undefined;
  private calls = 0;
  private processes = 0;

  constructor(plan: Plan, bug: PlantedBug) {
    this.plan = plan;
    this.bug = bug;
    this.schedule = new Schedule(new Random(plan.seed ^ 0x5eed));
    const now = () => this.schedule.now;
    this.slack = new FakeSlack({ now, botUserId, onChange: (message) => this.see(message), status: plan.status });
    this.order = new Order({ table: this.table, now, violate: (what) => this.violate(what) });
    this.minds = new ChangesOfMind({ now, violate: (what) => this.violate(what), isOnRecord: (end) => this.isOnRecord(end) });
    this.holdings = new Holdings((what) => this.violate(what));
  }

  violate(what: string): void {
    this.violations.push(what);
    this.trace(`VIOLATION ${what}`);
  }

  private see(message: FakeMessage): void {
    const mark = replyMarkOf(message);
    if (mark?.outcome && !this.outcomeAt.has(mark.question)) this.outcomeAt.set(mark.question, this.schedule.now);
    this.onMessage(message);
  }

  /** What of these a stop ends that is said now, by who asked, and when. */
  meantBy({ about, threadTs, userId, ts }: Omit<StopAction, 'kind'>, asked: readonly Question[]): readonly Question[] {
    return asked.filter((question) => {
      const isTheirs = question.userId === userId || userId === people.admin;
      const isMeant = threadTs === undefined || question.threadTs === threadTs;
      const cards = Object.values(this.recordOf(question)?.changes?.M ?? {}).map(({ M }) => M?.cardTs?.S);
      if (about !== undefined && about !== question.messageTs && !cards.includes(about)) return false;
      return isTheirs && isMeant && question.messageTs < ts;
    });
  }

  /** A stop arrived. */
  stopped(meant: readonly Question[], { ts }: Pick<StopAction, 'ts'>): void {
    for (const question of meant) this.minds.takeEnd(nameOf(question.text), 'stopped', this.table.items, ts);
    this.looksForCards();
  }

  /** Something is done in the other system. */
  change(effect: Effect): void {
    this.effects.push(effect);
    this.minds.does(effect);
  }

  /** An edit arrived. */
  edited(wording: Wording): void {
    this.minds.takeEdit(wording);
    this.looksForCards();
  }

  /** A deletion arrived. */
  deleted(question: Question): void {
    this.minds.takeEnd(nameOf(question.text), 'deleted', this.table.items);
    this.looksForCards();
  }

  /** Somebody presses “Try again”: what went with it comes with it. */
  triedAgain({ messageTs, text }: Question, ts: string): void {
    this.minds.again(nameOf(text), ts);
    for (const { foldedInto, question } of this.table.items)
      if (foldedInto?.S === messageTs) this.minds.again(nameOf(question?.M?.text?.S ?? ''), ts);
  }

  private looksForCards(): void {
    this.schedule.in(settled, () => {
      for (const violation of findDeadCards(this)) this.violate(violation);
    });
  }

  private isOnRecord({ name, worksOn, how }: Ended): boolean {
    const [ended, reader] = [name, worksOn].map((one) =>
      this.table.items.find(({ question }) => rootOf(nameOf(question?.M?.text?.S ?? '')) === rootOf(one)),
    );
    const isMarked = (how === 'deleted' ? ended?.withdrawnAt : ended?.stopRequestedAt) !== undefined;
    return isMarked && (ended === reader || reader?.folded?.L?.some(({ S }) => S === ended?.message?.S) === true);
  }

  private recordOf({ messageTs }: Question) {
    return this.table.items.find(({ message }) => message?.S === messageTs);
  }

  private readonly trace = (line: string) => void this.lines.push(`${Math.round(this.schedule.now)} ${line}`);

  process(role: Role, onTerminate?: () => void): SimulatedProcess {
    this.processes += 1;
    const nextFault = () => {
      const call = this.calls++;
      return this.plan.faults.find((planned) => planned.call === call)?.fault;
    };
    const name = `${role}-${this.processes}`;
    const lag = role === 'sweeper' ? this.plan.sweeperLag : 0;
    const { schedule, trace } = this;
    return new SimulatedProcess({ name, schedule, nextFault, trace, lag, ...(onTerminate ? { onTerminate } : {}) });
  }

  dynamoDb(process: SimulatedProcess, role: Role): DynamoDb {
    const dynamoDb = dynamoDbOf(process, this.table, {
      onDone: (operation, input) => {
        this.order.note(process.name, operation, input);
        if ((input as UpdateItemCommandInput).ExpressionAttributeValues?.[':reason']?.S === 'lost') this.hasLoss = true;
        const decided = (input as UpdateItemCommandInput).ExpressionAttributeValues?.[':decided']?.M;
        if (decided?.state?.S === 'approved') this.minds.approves(effectOf(decided));
        if (operation === 'PutItem' || operation === 'UpdateItem') this.onWrite();
      },
      onUnknown: (error) => this.violate(`the ledger refused: ${error.message}`),
    });
    return this.bug.dynamoDb?.(dynamoDb, role) ?? dynamoDb;
  }

  slackCalls(process: SimulatedProcess, role: Role): SlackCall {
    const call = slackCallsOf(process, this.slack);
    return this.bug.slackCall?.(call, role) ?? call;
  }
}
