import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import type { SlackCall } from '@vera/slack/slack-calls';
import { dynamoDbOf } from './fakes/dynamo-db-of.ts';
import { type FakeMessage, FakeSlack } from './fakes/fake-slack.ts';
import { slackCallsOf } from './fakes/slack-calls-of.ts';
import { Holdings } from './holdings.ts';
import { Order } from './order.ts';
import type { Plan } from './plan/plan.ts';
import type { PlantedBug, Role } from './planted-bug.ts';
import { Random } from './random.ts';
import { Schedule } from './schedule.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { TableModel } from './table/table-model.ts';

export const tableName = 'ledger';
export const botUserId = 'UVERA';

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
  readonly effects: string[] = [];
  readonly violations: string[] = [];
  readonly lines: string[] = [];
  readonly holdings: Holdings;
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
    this.slack = new FakeSlack({ now, botUserId, onChange: (message) => this.onMessage(message) });
    this.order = new Order({ table: this.table, now, violate: (what) => this.violate(what) });
    this.holdings = new Holdings((what) => this.violate(what));
  }

  violate(what: string): void {
    this.violations.push(what);
    this.trace(`VIOLATION ${what}`);
  }

  private readonly trace = (line: string) => void this.lines.push(`${Math.round(this.schedule.now)} ${line}`);

  process(role: Role, onTerminate?: () => void): SimulatedProcess {
    this.processes += 1;
    const nextFault = () => {
      const call = this.calls++;
      return this.plan.faults.find((planned) => planned.call === call)?.fault;
    };
    const name = `${role}-${this.processes}`;
    return new SimulatedProcess({ name, schedule: this.schedule, nextFault, trace: this.trace, ...(onTerminate ? { onTerminate } : {}) });
  }

  dynamoDb(process: SimulatedProcess, role: Role): DynamoDb {
    const dynamoDb = dynamoDbOf(process, this.table, {
      onDone: (operation, input) => {
        this.order.note(process.name, operation, input);
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
