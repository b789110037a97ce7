/** The table of what people connected: partition key `person`, sort key `item`; links, sign-ins and waiting questions expire by themselves. */
export const accountsTable = { partitionKey: 'person', sortKey: 'item', ttlAttribute: 'expiresAt' } as const;
