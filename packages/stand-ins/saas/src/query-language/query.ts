export type Operand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly Operand[] }
  | { readonly kind: 'empty' };

export type Operator = '=' | '!=' | '~' | '!~' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export interface Clause {
  readonly kind: 'clause';
  readonly field: string;
  readonly operator: Operator;
  readonly operand: Operand;
}

export type Condition =
  | Clause
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

export interface Order {
  readonly field: string;
  readonly direction: 'asc' | 'desc' | undefined;
}

/** A query in JQL or CQL, understood. Without a condition it means everything. */
export interface Query {
  readonly where: Condition | undefined;
  readonly orderBy: readonly Order[];
}

/** A query that does not parse, with Jira's words for why and where. Confluence says less. */
export class QuerySyntaxError extends Error {
  readonly code = 'query-syntax';

  constructor(message: string, at?: { readonly line: number; readonly character: number }) {
    super(at ? `${message} (line ${at.line}, character ${at.character})` : message);
  }
}

/** A query that parses and still means nothing here: a field, a value or an operator that does not exist. */
export class QueryMeaningError extends Error {
  readonly code = 'query-meaning';
}

/** A condition as a test of things, made of what its clauses test. */
export function toTest<Thing>(condition: Condition, testOf: (clause: Clause) => (thing: Thing) => boolean): (thing: Thing) => boolean {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map((part) => toTest(part, testOf));
      return (thing) => tests.every((test) => test(thing));
    }
    case 'or': {
      const tests = condition.parts.map((part) => toTest(part, testOf));
      return (thing) => tests.some((test) => test(thing));
    }
    case 'not': {
      const test = toTest(condition.part, testOf);
      return (thing) => !test(thing);
    }
    case 'clause':
      return testOf(condition);
  }
}
