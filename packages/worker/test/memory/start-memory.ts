import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createMemory as createMemoryStandIn } from '@vera/agent-core-stand-in/create-memory';
import type { Act } from '@vera/audit/act';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { clientOptions } from '@vera/aws-stand-in/test/aws-client-options';
import { createDynamoMemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { ledgerTable } from '@vera/ledger/table';
import type { Question } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { createMemory } from '../../src/memory/create-memory.ts';
import type { Asking } from '../../src/memory/memory.ts';
import { questionOf } from '../question.ts';

const memoryId = 'vera_memory-a1b2c3d4e5';
const tableName = 'ledger';
/** What Slack says of the channels here. */
const channels: Readonly<Record<string, object>> = {
  COPS: { is_channel: true, is_private: false },
  CSECRET: { is_channel: true, is_private: true },
  CSHARED: { is_channel: true, is_private: false, is_ext_shared: true },
  CPENDING: { is_channel: true, is_private: false, is_pending_ext_shared: true },
  GROUP: { is_mpim: true },
};

/** Memory as the worker has it, with AWS's own client, against the stand-ins; time is moved by hand. */
export async function startMemory() {
  const [record, clock] = [createCallRecord(), createTestClock()];
  const strategies = [{ id: 'facts-0123456789', namespaceTemplate: '/facts/{actorId}/{sessionId}/' }];
  const stored = await createMemoryStandIn({ record, clock, memoryId, strategies });
  const dynamo = await createDynamoDb({ record });
  const client = new DynamoDBClient({ ...clientOptions(dynamo.url, 'worker'), maxAttempts: 1 });
  await createTable(client, tableName, ledgerTable);
  record.reset();
  const acts: Act[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  const call: SlackCall = async (method, { channel }) => {
    const known = channels[String(channel)];
    if (!known) throw new SlackError('refused', method, 'channel_not_found');
    return { channel: { id: channel, ...known } };
  };
  const memory = createMemory({
    memoryId,
    open: async () => {
      const sdk = await import('@aws-sdk/client-bedrock-agentcore');
      return { sdk, client: new sdk.BedrockAgentCoreClient({ ...clientOptions(stored.url, 'worker'), maxAttempts: 1 }) };
    },
    choices: createDynamoMemoryChoices({ dynamoDb: sdkDynamoDb(client), tableName }),
    key: 'xoxb-key',
    call,
    people: { name: async (id) => id.slice(1).toLowerCase() },
    noteAct: async (act) => acts.push(act) > 0,
    now: clock.now,
  });
  return {
    memory,
    acts,
    stored,
    dynamo,
    clock,
    lines,
    tableName,
    client,
    /** What AWS was asked for, by the name of the operation. */
    calls: (name: string) => record.calls.filter(({ action }) => action.endsWith(`:${name}`)),
    /** All that is remembered of somebody, as they see it. */
    async textsOf(person = { teamId: 'T01', userId: 'UANN' }): Promise<readonly string[]> {
      return (await Array.fromAsync(memory.own.list(person))).map(({ text }) => text);
    },
    /** Said at this moment by the clock, in the public channel of ours unless told. */
    asking(question: Partial<Question>, messages: readonly SlackMessage[] = []): Asking {
      return { question: questionOf({ messageTs: (clock.now() / 1000).toFixed(6), ...question }), messages, log };
    },
    /** Said and answered; and what is extracted of it, if there is time for it. */
    async says(text: string, question: Partial<Question> = {}): Promise<void> {
      await clock.advance(1_000);
      await memory.note(this.asking({ text, ...question }));
    },
    extracted: () => clock.advance(40_000),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await Promise.all([stored[Symbol.asyncDispose](), dynamo[Symbol.asyncDispose]()]);
    },
  };
}
