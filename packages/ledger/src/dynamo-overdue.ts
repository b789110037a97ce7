import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { bringBack } from './dynamo-bring-back.ts';
import { type ConditionalUpdate, type LedgerTableParams, updateIf, whole } from './dynamo-items.ts';
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
  const unmoved = ({ question, dueAt = 0 }: QuestionRecord, { values, ...update }: Omit<ConditionalUpdate, 'condition'>) =>
    updateIf(params, question, { ...update, condition: 'dueAt = :seen', values: { ':seen': dueAt, ...values } });

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
      // Sent again and again, it has been without a worker since the first time.
      const since = record.state === 'received' ? 'if_not_exists(unheldSince, :at)' : ':at';
      const because = record.state === 'running' && purpose === 'send' ? ', brokeOff = :ranOut' : '';
      const expression = `SET #state = :state, #open = :open, leaseOwner = :holder, dueAt = :next, unheldSince = ${since}${because}`;
      const ranOut = because === '' ? {} : { ':ranOut': 'lease-ran-out' };
      const values = { ...ranOut, ':state': state, ':open': openMark, ':holder': holder, ':next': nextDueAt, ':at': now() };
      const claimed = await unmoved(record, { kind: 'claim', update: expression, values, names: { '#open': 'open' } });
      return claimed && toRecord(claimed);
    },

    async closeLost(record, outcome, reason) {
      // Whatever it took in ends with an answer, a stop, or what was told of it; of what failed, or was deleted, it is a question again.
      const isAgain = (outcome === 'failed' && reason === 'lost') || record.withdrawnAt !== undefined;
      const closing = {
        set: 'SET #state = :outcome, closedAt = :at, reason = :reason',
        removed: `#open, dueAt, leaseOwner${isAgain ? ', folded' : ''}`,
        names: { '#open': 'open' },
        values: { ':outcome': outcome, ':at': now(), ':reason': reason },
      };
      const isClosed = (await unmoved(record, { kind: 'lost', ...whole(closing, record.withdrawnAt !== undefined) })) !== undefined;
      if (isClosed) await bringBack(params, record, now());
      return isClosed;
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
