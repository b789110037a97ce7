import { ledgerEffect } from '@vera/ledger/test/ledger-effect';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import type { SlackCall } from '@vera/slack/slack-calls';

/**
 * What a process does to the world, each effect between two points where the process may die. From then on none of its promises goes on and
 * nothing it does goes anywhere, as with a killed process.
 */
export class Mortal {
  /** The points it came by. */
  readonly passed: string[] = [];
  private readonly counts = new Map<string, number>();
  private readonly death = Promise.withResolvers<void>();
  private isDead = false;
  private readonly diesAt: string | undefined;

  constructor(diesAt?: string) {
    this.diesAt = diesAt;
  }

  get died(): Promise<void> {
    return this.death.promise;
  }

  /** An effect on the world, named. */
  async effect<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const nth = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, nth);
    const point = nth === 1 ? name : `${name} (${nth})`;
    await this.point(`before ${point}`);
    const result = await work();
    await this.point(`after ${point}`);
    return result;
  }

  /** Something that changes nothing: no point, but a dead process does not get that far. */
  async look<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isDead) await never;
    const result = await work();
    if (this.isDead) await never;
    return result;
  }

  private async point(name: string): Promise<void> {
    if (!this.isDead && name === this.diesAt) {
      this.isDead = true;
      this.death.resolve();
    }
    if (this.isDead) await never;
    this.passed.push(name);
  }
}

const never = new Promise<never>(() => {});

/** A line of the audit log is an effect. */
export function mortalAudit(mortal: Mortal, dynamoDb: DynamoDb): DynamoDb {
  return (operation, input) =>
    operation === 'PutItem'
      ? mortal.effect('audit: line', () => dynamoDb(operation, input))
      : mortal.look(() => dynamoDb(operation, input));
}

export function mortalDynamoDb(mortal: Mortal, dynamoDb: DynamoDb): DynamoDb {
  return (operation, input) => {
    const name = ledgerEffect(operation, input as object);
    return name === undefined ? mortal.look(() => dynamoDb(operation, input)) : mortal.effect(name, () => dynamoDb(operation, input));
  };
}

const slackLooks = /^(conversations|users|team|auth|bots)\./;

export function mortalSlack(mortal: Mortal, call: SlackCall): SlackCall {
  return (method, args, policy) => {
    const work = () => call(method, args, policy);
    return slackLooks.test(method) ? mortal.look(work) : mortal.effect(`Slack ${method}`, work);
  };
}
