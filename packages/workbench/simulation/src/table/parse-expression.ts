/** A place in an item, names already put in. */
export type Path = readonly string[];

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'zero' }
  | { readonly kind: 'size'; readonly path: Path }
  | { readonly kind: 'if-not-exists'; readonly path: Path; readonly otherwise: Operand }
  | { readonly kind: 'list-append'; readonly list: Operand; readonly more: Operand }
  | { readonly kind: '+' | '-'; readonly left: Operand; readonly right: Operand };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists' | 'missing'; readonly path: Path }
  | { readonly kind: 'begins-with' | 'contains'; readonly path: Path; readonly value: Operand }
  | { readonly kind: '=' | '<>' | '<' | '<=' | '>=' | '>'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly left: Operand; readonly among: readonly Operand[] };

export interface Update {
  readonly set: readonly { readonly path: Path; readonly to: Operand }[];
  readonly remove: readonly Path[];
}

/** An expression that no adapter of ours uses: the model does not pretend to know it. */
export class UnknownExpression extends Error {
  readonly code = 'unknown-expression';
}

const keywords = new Set(['AND', 'OR', 'NOT', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE', 'BETWEEN']);
const comparators = ['=', '<>', '<', '<=', '>=', '>'] as const;

/** Reads DynamoDB's expressions, as far as our adapters use them, and notes which names and values they use. */
export class ExpressionReader {
  private readonly tokens: readonly string[];
  private at = 0;
  private readonly names: Readonly<Record<string, string>>;
  readonly used = new Set<string>();

  constructor(text: string, names: Readonly<Record<string, string>> = {}) {
    this.tokens = text.match(/[#:]?\w+|<>|<=|>=|\S/g) ?? [];
    this.names = names;
  }

  condition(): Condition {
    return this.whole(this.or());
  }

  projection(): readonly Path[] {
    return this.whole(this.listed(() => this.path()));
  }

  update(): Update {
    let set: Update['set'] = [];
    let remove: Update['remove'] = [];
    if (this.takes('SET'))
      set = this.listed(() => {
        const path = this.path();
        this.need('=');
        return { path, to: this.sum() };
      });
    if (this.takes('REMOVE')) remove = this.listed(() => this.path());
    if (this.takes('ADD')) set = [...set, ...this.listed(() => this.addition())];
    return this.whole({ set, remove });
  }

  /** What is added to nothing is added to zero. */
  private addition(): Update['set'][number] {
    const path = this.path();
    return { path, to: { kind: '+', left: { kind: 'if-not-exists', path, otherwise: { kind: 'zero' } }, right: this.operand() } };
  }

  private whole<Result>(result: Result): Result {
    if (this.at < this.tokens.length) this.refuse();
    return result;
  }

  private or(): Condition {
    return this.joined('or', 'OR', () => this.joined('and', 'AND', () => this.single()));
  }

  private joined(kind: 'and' | 'or', word: string, next: () => Condition): Condition {
    const parts = [next()];
    while (this.takes(word)) parts.push(next());
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  }

  private single(): Condition {
    if (this.takes('NOT')) return { kind: 'not', part: this.single() };
    if (this.takes('(')) return this.closed(this.or());
    if (this.calls('attribute_exists')) return this.closed({ kind: 'exists', path: this.path() });
    if (this.calls('attribute_not_exists')) return this.closed({ kind: 'missing', path: this.path() });
    if (this.calls('begins_with')) return this.closed({ kind: 'begins-with', ...this.pathAndValue() });
    if (this.calls('contains')) return this.closed({ kind: 'contains', ...this.pathAndValue() });
    const left = this.operand();
    if (this.takes('IN')) {
      this.need('(');
      return this.closed({ kind: 'in', left, among: this.listed(() => this.operand()) });
    }
    const kind = comparators.find((comparator) => this.takes(comparator));
    return kind ? { kind, left, right: this.operand() } : this.refuse();
  }

  private pathAndValue() {
    const path = this.path();
    this.need(',');
    return { path, value: this.operand() };
  }

  private sum(): Operand {
    const left = this.operand();
    const kind = (['+', '-'] as const).find((sign) => this.takes(sign));
    return kind ? { kind, left, right: this.operand() } : left;
  }

  private operand(): Operand {
    if (this.calls('size')) return this.closed({ kind: 'size', path: this.path() });
    if (this.calls('if_not_exists')) {
      const path = this.path();
      this.need(',');
      return this.closed({ kind: 'if-not-exists', path, otherwise: this.operand() });
    }
    if (this.calls('list_append')) {
      const list = this.operand();
      this.need(',');
      return this.closed({ kind: 'list-append', list, more: this.operand() });
    }
    const token = this.tokens[this.at] ?? '';
    if (!token.startsWith(':')) return { kind: 'path', path: this.path() };
    this.at += 1;
    this.used.add(token);
    return { kind: 'value', name: token };
  }

  private path(): Path {
    const path = [this.name()];
    while (this.takes('.')) path.push(this.name());
    return path;
  }

  private name(): string {
    const token = this.tokens[this.at] ?? '';
    this.at += 1;
    if (/^[a-z]\w*$/i.test(token) && !keywords.has(token)) return token;
    this.used.add(token);
    return this.names[token] ?? this.refuse();
  }

  private listed<Part>(next: () => Part): Part[] {
    const parts = [next()];
    while (this.takes(',')) parts.push(next());
    return parts;
  }

  private closed<Result>(result: Result): Result {
    this.need(')');
    return result;
  }

  private calls(name: string): boolean {
    if (this.tokens[this.at] !== name || this.tokens[this.at + 1] !== '(') return false;
    this.at += 2;
    return true;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private need(token: string): void {
    if (!this.takes(token)) this.refuse();
  }

  private refuse(): never {
    throw new UnknownExpression(`At ${this.at} of: ${this.tokens.join(' ')}`);
  }
}
