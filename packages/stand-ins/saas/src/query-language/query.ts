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
