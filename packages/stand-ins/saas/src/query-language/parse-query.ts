import { type Clause, type Condition, type Operand, type Operator, type Order, type Query, QuerySyntaxError } from './query.ts';
import { createTokenReader, isWord, type Token, type TokenReader, tokensOf } from './tokens.ts';

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

const operators = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'";
const structural = ['and', 'or', 'not', 'in', 'is', 'order', 'by', 'empty', 'null'];
/** Some of the words JQL keeps for itself; the others are as unlikely in a query. */
const reserved = [
  'select',
  'from',
  'where',
  'delete',
  'insert',
  'update',
  'create',
  'drop',
  'table',
  'limit',
  'like',
  'having',
  'group',
  'join',
];

/** `field operator operand`. */
function parseClause(reader: TokenReader): Clause {
  const name = reader.next();
  if (name.kind === 'end') throw new QuerySyntaxError('Error in the JQL Query: Expecting a field name at the end of the query.');
  refuseReserved(name);
  if ((name.kind !== 'word' && name.kind !== 'string') || (name.kind === 'word' && structural.includes(name.text.toLowerCase()))) {
    throw new QuerySyntaxError(
      `Error in the JQL Query: Expecting a field name but got '${name.text}'. You must surround '${name.text}' in quotation marks to use it as a field name.`,
      name,
    );
  }
  const operator = parseOperator(reader);
  const operand = parseOperand(reader);
  if (operator.endsWith('in') && operand.kind !== 'list' && operand.kind !== 'function') {
    throw new QuerySyntaxError(
      `Error in the JQL Query: Expecting list or function for the operator '${operator}' of the field '${name.text}'.`,
      name,
    );
  }
  return { kind: 'clause', field: name.text, operator, operand };
}

function parseOperator(reader: TokenReader): Operator {
  const token = reader.next();
  if (token.kind === 'operator') return token.text as Operator;
  if (isWord(token, 'in')) return 'in';
  if (isWord(token, 'is')) return reader.takeWord('not') ? 'is not' : 'is';
  if (isWord(token, 'not') && reader.takeWord('in')) return 'not in';
  if (token.kind === 'end') {
    throw new QuerySyntaxError(
      `Error in the JQL Query: Expecting operator before the end of the query. The valid operators are ${operators}.`,
    );
  }
  throw new QuerySyntaxError(
    `Error in the JQL Query: Expecting operator but got '${token.text}'. The valid operators are ${operators}.`,
    token,
  );
}

function parseOperand(reader: TokenReader): Operand {
  const token = reader.next();
  if (token.kind === 'symbol' && token.text === '(') return parseList(reader);
  if (token.kind === 'string') return { kind: 'value', text: token.text };
  if (token.kind !== 'word') throw noValue(token);
  refuseReserved(token);
  const small = token.text.toLowerCase();
  if (small === 'empty' || small === 'null') return { kind: 'empty' };
  if (structural.includes(small)) throw noValue(token);
  if (reader.takeSymbol('(')) return { kind: 'function', name: token.text, args: parseArguments(reader) };
  return { kind: 'value', text: token.text };
}

function parseList(reader: TokenReader): Operand {
  const items: Operand[] = [];
  do {
    const item = parseOperand(reader);
    if (item.kind === 'list') throw new QuerySyntaxError('Error in the JQL Query: A list cannot hold a list.', reader.peek());
    items.push(item);
  } while (reader.takeSymbol(','));
  if (!reader.takeSymbol(')')) throw unclosed(reader.peek());
  return { kind: 'list', items };
}

function parseArguments(reader: TokenReader): string[] {
  const args: string[] = [];
  if (reader.takeSymbol(')')) return args;
  do {
    const token = reader.next();
    if (token.kind !== 'word' && token.kind !== 'string') throw noValue(token);
    args.push(token.text);
  } while (reader.takeSymbol(','));
  if (!reader.takeSymbol(')')) throw unclosed(reader.peek());
  return args;
}

function refuseReserved(token: Token): void {
  if (token.kind !== 'word' || !reserved.includes(token.text.toLowerCase())) return;
  throw new QuerySyntaxError(
    `Error in the JQL Query: '${token.text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`,
    token,
  );
}

function noValue(token: Token): QuerySyntaxError {
  if (token.kind === 'end') {
    return new QuerySyntaxError('Error in the JQL Query: Expecting either a value, list or function before the end of the query.');
  }
  return new QuerySyntaxError(
    `Error in the JQL Query: Expecting either a value, list or function but got '${token.text}'. You must surround '${token.text}' in quotation marks to use it as a value.`,
    token,
  );
}

function unclosed(token: Token): QuerySyntaxError {
  if (token.kind === 'end') return new QuerySyntaxError("Error in the JQL Query: Expecting ')' before the end of the query.");
  return new QuerySyntaxError(`Error in the JQL Query: Expecting ',' or ')' but got '${token.text}'.`, token);
}
