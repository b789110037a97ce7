import { RpcError } from './rpc-error.ts';

/** One page of a list and the cursor of the next. The cursor says where to go on and how long the list was. */
export function pageOf<Item>(items: readonly Item[], cursor: unknown, size: number): { page: Item[]; nextCursor?: string } {
  const start = cursor === undefined ? 0 : startOf(cursor, items.length);
  const end = start + size;
  return { page: items.slice(start, end), ...(end < items.length ? { nextCursor: cursorOf(end, items.length) } : {}) };
}

function cursorOf(start: number, length: number): string {
  return Buffer.from(JSON.stringify({ start, length })).toString('base64url');
}

function startOf(cursor: unknown, length: number): number {
  for (let start = 1; start < length; start += 1) if (cursor === cursorOf(start, length)) return start;
  throw new RpcError(-32602, 'Invalid cursor');
}
