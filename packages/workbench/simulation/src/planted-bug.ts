import type { ReceiverParams } from '@vera/receiver/receiver';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import type { SlackCall } from '@vera/slack/slack-calls';
import type { AnswerParams, HeldQuestion } from '@vera/worker/story';

export type Role = 'receiver' | 'worker' | 'sweeper';

/** A fault put in at a seam of our code, to see whether the simulation finds it. */
export interface PlantedBug {
  readonly name: string;
  /** The seed from which one that rarely shows is looked for, where a first finding is enough. */
  readonly lookFrom?: number;
  readonly dynamoDb?: (dynamoDb: DynamoDb, role: Role) => DynamoDb;
  readonly slackCall?: (call: SlackCall, role: Role) => SlackCall;
  readonly held?: (held: HeldQuestion) => HeldQuestion;
  readonly answer?: (params: AnswerParams) => AnswerParams;
  readonly receiver?: (params: ReceiverParams) => ReceiverParams;
  readonly newOwner?: () => string;
  /** Of the worker's hold on its lease. */
  readonly monotonic?: () => number;
}

export const noBug: PlantedBug = { name: 'none' };
