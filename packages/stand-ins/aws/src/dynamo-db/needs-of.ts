import { decryptionBy } from '../decryption-by.ts';
import type { AccessRequest } from '../iam/statement.ts';
import { arnOf, type Place } from '../place.ts';

/** What a call needs permission for: its table, the index it asks, or each table of a batch, and the key they are encrypted with. */
export function needsOf(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  place: Place & { readonly keyArn?: string },
): readonly AccessRequest[] {
  const needs = resourcesOf(input, place).map((resource) => ({ action: `dynamodb:${operation}`, resource }));
  return /Item|^Query$|^Scan$/.test(operation) ? [...needs, ...decryptionBy('dynamodb', place.keyArn)] : needs;
}

function resourcesOf({ TableName, IndexName, RequestItems }: Readonly<Record<string, unknown>>, place: Place): readonly string[] {
  const tableArn = (name: string) => arnOf('dynamodb', place, `table/${name}`);
  if (typeof TableName !== 'string') return Object.keys(RequestItems ?? { '*': [] }).map(tableArn);
  return [typeof IndexName === 'string' ? `${tableArn(TableName)}/index/${IndexName}` : tableArn(TableName)];
}
