import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type LedgerTableParams, updateIf } from './dynamo-items.ts';
import { type Overdue, type QuestionRecord, sweeperName } from './ledger.ts';
import { openMark, readableRecords, toRecord, waitingMark } from './record.ts';
import { ledgerTable } from './table.ts';

export interface DynamoOverdueParams extends LedgerTableParams {
  /** Told of an item of another shape, which is passed over: one that an older version left must not keep the others from being found. */
  readonly onUnreadable: (error: unknown) => void;
}

export function createDynamoOverdue(params: DynamoOverdueParams): Overdue {
  const { dynamoDb, tableName, now, onUnreadable } = params;
  /** Holds only while the record is as it was read: nobody leased, renewed, closed or claimed it since. */
  const unmoved = (record: QuestionRecord, update: string, values: Record<string, unknown>, names: Record<string, string> = {}) =>
    updateIf(params, record.question, { condition: 'dueAt = :seen', update, values: { ':seen': record.dueAt ?? 0, ...values }, names });

  return {
    async overdue(until, limit) {
      const queries = [openMark, waitingMark].map(async (mark) => {
        const { Items = [] } = await dynamoDb('Query', dueQuery(tableName, mark, until, limit));
        return Items.flatMap((item) => readableRecords(item, onUnreadable));
      });
      return (await Promise.all(queries)).flat();
    },

    async claim(record, nextDueAt, purpose) {
      // While its loss is told, no worker can lease it: the sweeper holds it.
      const [state, holder] = purpose === 'tell' ? ['running', sweeperName] : ['received', 'nobody'];
      // That nobody came in time is no fault of an attempt.
      const more = purpose === 'wake' ? 0 : 1;
      const expression = 'SET #state = :state, #open = :open, leaseOwner = :holder, dueAt = :next, attempts = attempts + :more';
      const values = { ':state': state, ':open': openMark, ':holder': holder, ':next': nextDueAt, ':more': more };
      const claimed = await updateIf(params, record.question, {
        ...{ condition: 'dueAt = :seen', update: expression, names: { '#open': 'open' } },
        values: { ':seen': record.dueAt ?? 0, ...values },
      });
      return claimed?.Attributes && toRecord(claimed.Attributes);
    },

    async closeLost(record, outcome, reason) {
      const expression = 'SET #state = :outcome, closedAt = :at, reason = :reason REMOVE #open, dueAt, leaseOwner';
      const closed = await unmoved(record, expression, { ':outcome': outcome, ':at': now(), ':reason': reason }, { '#open': 'open' });
      return closed !== undefined;
    },
  };
}

function dueQuery(TableName: string, mark: string, until: number, Limit: number): QueryCommandInput {
  return {
    TableName,
    IndexName: ledgerTable.index.name,
    KeyConditionExpression: '#open = :mark AND dueAt < :until',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: marshall({ ':mark': mark, ':until': until }),
    Limit,
  };
}
