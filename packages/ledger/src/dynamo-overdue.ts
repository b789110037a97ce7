import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoLedgerParams } from './dynamo-inbox.ts';
import type { Overdue, QuestionRecord } from './ledger.ts';
import { openMark, toRecord } from './record.ts';
import { ledgerTable } from './table.ts';
import { updateIf } from './update-if.ts';

export interface DynamoOverdueParams extends DynamoLedgerParams {
  /** Told of an item of another shape, which is passed over: one that an older version left must not keep the others from being found. */
  readonly onUnreadable: (error: unknown) => void;
}

export function createDynamoOverdue(params: DynamoOverdueParams): Overdue {
  const { client, tableName, now, onUnreadable } = params;
  /** Holds only while the record is as it was read: nobody leased, renewed, closed or claimed it since. */
  const unmoved = (record: QuestionRecord, update: string, values: Record<string, unknown>, names: Record<string, string> = {}) =>
    updateIf(params, record.question, { condition: 'dueAt = :seen', update, values: { ':seen': record.dueAt ?? 0, ...values }, names });

  return {
    async overdue(until, limit) {
      const query = new QueryCommand({
        TableName: tableName,
        IndexName: ledgerTable.index.name,
        KeyConditionExpression: '#open = :open AND dueAt < :until',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: marshall({ ':open': openMark, ':until': until }),
        Limit: limit,
      });
      const { Items = [] } = await client.send(query);
      return Items.flatMap((item) => readable(item, onUnreadable));
    },

    async claim(record, nextDueAt, purpose) {
      const state = purpose === 'send' ? 'received' : 'running';
      // While its loss is told, no worker can lease it: the sweeper holds it.
      const holder = purpose === 'send' ? 'nobody' : 'sweeper';
      const expression = 'SET #state = :state, leaseOwner = :holder, dueAt = :next, attempts = attempts + :one';
      const claimed = await unmoved(record, expression, { ':state': state, ':holder': holder, ':next': nextDueAt, ':one': 1 });
      return claimed !== undefined;
    },

    async closeLost(record, outcome, reason) {
      const expression = 'SET #state = :outcome, closedAt = :at, reason = :reason REMOVE #open, dueAt, leaseOwner';
      const closed = await unmoved(record, expression, { ':outcome': outcome, ':at': now(), ':reason': reason }, { '#open': 'open' });
      return closed !== undefined;
    },
  };
}

function readable(item: Record<string, AttributeValue>, onUnreadable: (error: unknown) => void): readonly QuestionRecord[] {
  try {
    return [toRecord(item)];
  } catch (error) {
    onUnreadable(error);
    return [];
  }
}
