import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { names } from '../../src/names.ts';
import type { Asked, TestSystem } from '../support/test-system.ts';

type Run = (system: TestSystem, text: string) => Promise<Asked>;

/** A question that goes wrong in one way. */
export interface PlantedFault {
  /** In one sentence, which is asked, too. */
  readonly name: string;
  /** What the model says, call by call of this question; "Fine." where it is left out, or used up. */
  readonly says?: readonly ScriptedTurn[];
  /** Gives what is to be explained once there is something to explain; it is asked, and its answer waited for, where this is left out. */
  readonly run?: Run;
}

/** A person's budget for a day, in tokens. */
export const dayTokens = 2_000_000;

/** What the model says to the fault that was asked last. */
export function saidTo(faults: readonly PlantedFault[], messages: unknown): ScriptedTurn {
  const all = JSON.stringify(messages);
  const [last] = faults.toSorted((one, other) => all.lastIndexOf(other.name) - all.lastIndexOf(one.name));
  if (!last || !all.includes(last.name)) return 'Fine.';
  const call = heard.get(last.name) ?? 0;
  heard.set(last.name, call + 1);
  return last.says?.[call] ?? 'Fine.';
}

export const told = (system: TestSystem, asked: Asked, event: string, isSo: (line: TestSystem['log'][number]) => boolean = () => true) =>
  system.until(
    () => system.log.some((line) => line.question === asked.id && line.event === event && isSo(line)),
    `${event} of ${asked.id}`,
  );
/** Calls of the model, by the fault. */
const heard = new Map<string, number>();
export const isAsked = (system: TestSystem, name: string) => system.until(() => heard.has(name), `the model to be asked: ${name}`);

/** It goes wrong before a model is asked. */
export const begun = (name: string) => void heard.set(name, 0);

export async function answered(system: TestSystem, asked: Asked): Promise<Asked> {
  await system.answered(asked);
  return asked;
}

/** Breaks something, asks, and waits for the answer. */
export function broken(plant: (system: TestSystem) => void): Run {
  return (system, text) => {
    plant(system);
    return answered(system, system.ask({ text }));
  };
}

/** Asks, and once the model is asked strikes the process that has it in hand. */
export function struck(strike: (system: TestSystem, asked: Asked) => Promise<void> | void): Run {
  return async (system, text) => {
    const asked = system.ask({ text });
    await isAsked(system, text);
    await strike(system, asked);
    return answered(system, asked);
  };
}

export async function useUp({ dynamoDb, slack }: TestSystem, userId: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
  const purses = createDynamoPurses({ dynamoDb: sdkDynamoDb(client), tableName: names.ledgerTable, now: Date.now });
  const purse = { kind: 'person', teamId: slack.workspace.teamId, id: userId, day: new Date().toISOString().slice(0, 10) } as const;
  await purses.reserve(purse, { id: 'planted', most: { calls: 1, tokens: dayTokens, microDollars: 0 } }, {});
  client.destroy();
}
