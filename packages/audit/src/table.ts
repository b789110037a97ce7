/**
 * The audit log's two tables. The lines: partition key `chain`, sort key `line`, so that whoever writes the next one meets everybody else who would:
 * parted by days, two clocks around midnight would each find a free number. The heads, which those who write lines cannot write: one item a day.
 */
export const auditTable = { partitionKey: 'chain', sortKey: 'line', ttlAttribute: 'expiresAt' } as const;
export const auditHeadsTable = { partitionKey: 'chain', sortKey: 'day' } as const;

/** The only partition of both. */
export const chainName = 'vera';
