import { AwsError } from '@vera/aws-stand-in/aws-error';

export interface Paging {
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
}

/** A page of what is there at this moment, by a number that grows from item to item: what goes between two pages does not shift the rest. */
export function pageOf<Item>(items: readonly Item[], orderOf: (item: Item, index: number) => number, { maxResults, nextToken }: Paging) {
  const last = nextToken === undefined ? Number.NEGATIVE_INFINITY : lastGiven(nextToken);
  const rest = items.map((item, index) => ({ item, order: orderOf(item, index) })).filter(({ order }) => order > last);
  const page = rest.slice(0, maxResults);
  const end = page.at(-1);
  const hasMore = rest.length > page.length && end !== undefined;
  return { page: page.map(({ item }) => item), ...(hasMore ? { nextToken: Buffer.from(String(end.order)).toString('base64url') } : {}) };
}

function lastGiven(token: string): number {
  const order = Number(Buffer.from(token, 'base64url').toString() || 'none');
  if (Number.isNaN(order)) throw new AwsError(400, 'InvalidInputException', 'The nextToken is not valid');
  return order;
}
