import { arnOf, type Place } from '../place.ts';

/** What a call needs permission for: its table, the index it asks, or each table of a batch. */
export function resourcesOf(input: Readonly<Record<string, unknown>>, place: Place): readonly string[] {
  const { TableName, IndexName, RequestItems } = input;
  const tableArn = (name: string) => arnOf('dynamodb', place, `table/${name}`);
  if (typeof TableName !== 'string') return Object.keys(RequestItems ?? { '*': [] }).map(tableArn);
  return [typeof IndexName === 'string' ? `${tableArn(TableName)}/index/${IndexName}` : tableArn(TableName)];
}
