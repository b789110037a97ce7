/** The ledger's table: partition key `thread`, sort key `message`; only open questions are in the index, by when they are due. */
export const ledgerTable = {
  partitionKey: 'thread',
  sortKey: 'message',
  ttlAttribute: 'expiresAt',
  index: { name: 'open-by-due', partitionKey: 'open', sortKey: 'dueAt' },
} as const;
