import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

/** What a call does to the ledger, in words; undefined where it only reads. */
export function ledgerEffect(operation: string, input: object): string | undefined {
  if (operation === 'Query' || operation === 'GetItem') return undefined;
  const { UpdateExpression: update = '', ExpressionAttributeValues: values = {} } = input as UpdateItemCommandInput;
  const change = values[':change']?.M;
  if (change) return `ledger change ${change.state?.S}${change.shown?.S === change.state?.S ? ' and shown' : ''}`;
  return `ledger ${writes.find(([part]) => update.includes(part))?.[1] ?? operation}`;
}

const writes = [
  ['closedAt', 'close'],
  ['foldedInto', 'fold'],
  ['waitsFor', 'wait'],
  ['list_append(replies', 'reply'],
  ['REMOVE leaseOwner', 'release'],
  ['leaseOwner = :owner', 'lease'],
  ['dueAt = :until', 'renew'],
] as const;
