import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { openMark } from '@vera/ledger/record';
import { ledgerTable } from '@vera/ledger/table';
import { ails, lives } from '../../check/finding.ts';
import { ask } from '../ask.ts';
import type { Check } from '../check.ts';

const part = 'questions';
const right = 'dynamodb:Query';
/** The sweeper looks every five seconds, or once a minute at least. */
const patienceMilliseconds = 180_000;

export const overdueCheck: Check = {
  part,
  asks: 'Does any question wait for longer than the sweeper lets it?',
  rights: [right],
  concerns: () => true,
  async look({ clients, nameOf, now }) {
    const { partitionKey, sortKey, name: IndexName } = ledgerTable.index;
    const { Count = 0 } = await ask(right, () =>
      clients('dynamoDb').send(
        new QueryCommand({
          TableName: nameOf('ledger'),
          IndexName,
          Select: 'COUNT',
          Limit: 100,
          KeyConditionExpression: '#open = :open AND #due < :before',
          ExpressionAttributeNames: { '#open': partitionKey, '#due': sortKey },
          ExpressionAttributeValues: { ':open': { S: openMark }, ':before': { N: String(now() - patienceMilliseconds) } },
        }),
      ),
    );
    if (Count === 0) return [lives(part, 'none is overdue')];
    const said = `${Count}${Count === 100 ? ' or more' : ''} ${Count === 1 ? 'is' : 'are'} overdue by three minutes: the sweeper does not bring them`;
    return [ails(part, said, 'look into the sweeper’s log for sweep.failed; then pnpm cdktf deploy sweeper')];
  },
};
