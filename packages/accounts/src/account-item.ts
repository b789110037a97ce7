import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { providerIdSchema } from './account.ts';
import type { StoredAccount } from './account-store.ts';

const itemSchema = z.object({
  account: z.object({
    provider: providerIdSchema,
    accountId: z.string(),
    name: z.string(),
    sites: z.array(z.object({ id: z.string(), name: z.string(), url: z.string() })),
    connectedAt: z.number(),
    state: z.enum(['connected', 'expired']),
  }),
  sealed: z.instanceof(Uint8Array),
  revision: z.string(),
  leasedUntil: z._default(z.number(), 0),
});

class AccountItemError extends Error {
  readonly code = 'account-item';
}

export function toStoredAccount(item: Record<string, AttributeValue>): StoredAccount {
  const parsed = itemSchema.safeParse(unmarshall(item));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new AccountItemError(`The item ${item.item?.S} of the accounts table has another shape: ${fields}`);
}
