import { parseClause } from './parse-clause.ts';
import type { Condition, Order, Query } from './query.ts';
import { QuerySyntaxError } from './query-syntax-error.ts';
import { createTokenReader, isWord, type TokenReader } from './token-reader.ts';
import { tokensOf } from './tokens-of.ts';

/** A query nested deeper than that is nobody's wish. */
const deepest = 100;

/** Reads JQL, of which CQL is a smaller sister. Throws a `QuerySyntaxError`, never anything else. */
export function parseQuery(text: string): Query {
  const reader = createTokenReader(tokensOf(text));
  const isBare = reader.peek().kind === 'end' || isWord(reader.peek(), 'order');
  const where = isBare ? undefined : parseOr(reader, 0);
  const orderBy = parseOrder(reader);
  const left = reader.peek();
  if (left.kind !== 'end') {
    const expected = orderBy.length > 0 ? "',' " : "either 'OR' or 'AND' ";
    throw new QuerySyntaxError(`Error in the JQL Query: Expecting ${expected}but got '${left.text}'.`, left);
  }
  return { where, orderBy };
}

function parseOr(reader: TokenReader, depth: number): Condition {
  const parts = [parseAnd(reader, depth)];
  while (reader.takeWord('or')) parts.push(parseAnd(reader, depth));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'or', parts };
}

function parseAnd(reader: TokenReader, depth: number): Condition {
  const parts = [parseNot(reader, depth)];
  while (reader.takeWord('and')) parts.push(parseNot(reader, depth));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'and', parts };
}

function parseNot(reader: TokenReader, depth: number): Condition {
  if (depth > deepest) throw new QuerySyntaxError('Error in the JQL Query: The query is nested too deeply.', reader.peek());
  if (reader.takeWord('not') || reader.takeSymbol('!')) return { kind: 'not', part: parseNot(reader, depth + 1) };
  if (!reader.takeSymbol('(')) return parseClause(reader);
  const inner = parseOr(reader, depth + 1);
  const close = reader.next();
  if (close.text !== ')' || close.kind !== 'symbol') {
    throw close.kind === 'end'
      ? new QuerySyntaxError("Error in the JQL Query: Expecting ')' before the end of the query.")
      : new QuerySyntaxError(`Error in the JQL Query: Expecting ')' but got '${close.text}'.`, close);
  }
  return inner;
}

function parseOrder(reader: TokenReader): Order[] {
  if (!reader.takeWord('order')) return [];
  if (!reader.takeWord('by')) {
    throw new QuerySyntaxError(`Error in the JQL Query: Expecting 'by' but got '${reader.peek().text}'.`, reader.peek());
  }
  const order: Order[] = [];
  do {
    const field = reader.next();
    if (field.kind !== 'word' && field.kind !== 'string') {
      throw new QuerySyntaxError('Error in the JQL Query: Expecting a field name at the end of the query.');
    }
    const isDescending = reader.takeWord('desc');
    const isAscending = !isDescending && reader.takeWord('asc');
    order.push({ field: field.text, direction: directionOf(isDescending, isAscending) });
  } while (reader.takeSymbol(','));
  return order;
}

function directionOf(isDescending: boolean, isAscending: boolean): Order['direction'] {
  if (isDescending) return 'desc';
  return isAscending ? 'asc' : undefined;
}
