import { parseSync } from 'oxc-parser';

/** One small fault planted into a file: the text between two places becomes another. */
export type Mutant = { readonly start: number; readonly end: number; readonly becomes: string; readonly what: string };

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

/** Every fault that can be planted into a TypeScript source, in the order of the text. Types and texts stay as they are. */
export function mutantsOf(source: string): Mutant[] {
  const { program, errors } = parseSync('source.ts', source);
  if (errors.length > 0) throw new Error(`It cannot be parsed: ${errors[0]?.message}`);
  const found: Mutant[] = [];
  const left: Node[] = [program as unknown as Node];
  for (let node = left.pop(); node; node = left.pop()) {
    const { start, end } = node;
    found.push(...faultsOf(node, source).map((fault) => ({ start, end, ...fault })));
    left.push(...Object.values(node).flat().filter(isNode));
  }
  return found.sort((one, other) => one.start - other.start || one.end - other.end);
}

type Fault = Partial<Mutant> & Pick<Mutant, 'becomes' | 'what'>;

const swapped: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '&&': '||',
  '||': '&&',
};

function faultsOf(node: Node, source: string): Fault[] {
  const text = ({ start, end }: Node) => source.slice(start, end);
  switch (node.type) {
    case 'IfStatement':
      return [...negated(node.test as Node, text), ...droppedGuard(node)];
    case 'ConditionalExpression':
      return negated(node.test as Node, text);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return swappedOperator(node as Node & Operation, text);
    case 'ExpressionStatement':
      return [{ becomes: ';', what: `without \`${shortened(text(node))}\`` }];
    case 'UnaryExpression':
      return node.operator === '!' ? [{ becomes: text(node.argument as Node), what: `without the ! of \`${shortened(text(node))}\`` }] : [];
    case 'Literal':
      return typeof node.value === 'boolean' ? [{ becomes: String(!node.value), what: `${node.value} becomes ${!node.value}` }] : [];
    case 'MemberExpression':
      return otherQuantifier(node.property as Node, text);
    default:
      return [];
  }
}

function negated(test: Node, text: (node: Node) => string): Fault[] {
  return [{ start: test.start, end: test.end, becomes: `!(${text(test)})`, what: `\`${shortened(text(test))}\` the other way round` }];
}

/** `if (…) return …`: what a guard keeps out gets in. */
function droppedGuard({ consequent, alternate, test }: Node): Fault[] {
  const [only] = (consequent as Node).type === 'BlockStatement' ? ((consequent as Node).body as Node[]).slice(-1) : [consequent as Node];
  const leaves = only !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/.test(only.type);
  if (!leaves || alternate) return [];
  return [{ start: (test as Node).start, end: (test as Node).end, becomes: 'false', what: 'without the guard' }];
}

type Operation = { readonly type: string; readonly operator: string; readonly left: Node; readonly right: Node };

function swappedOperator({ type, operator, left, right }: Operation, text: (node: Node) => string): Fault[] {
  const other = swapped[operator];
  // A text is never put together with a minus.
  const isText = operator === '+' && [left, right].some(({ type, value }) => type === 'TemplateLiteral' || typeof value === 'string');
  if (other === undefined || isText) return [];
  const parts = [left, right].map((part) => (part.type === 'LogicalExpression' ? `(${text(part)})` : text(part)));
  const becomes = parts.join(` ${other} `);
  // In brackets, or && would take its neighbour away from ||.
  return [
    {
      becomes: type === 'LogicalExpression' ? `(${becomes})` : becomes,
      what: `${operator} becomes ${other} in \`${shortened(text(left))} …\``,
    },
  ];
}

function otherQuantifier(property: Node, text: (node: Node) => string): Fault[] {
  const name = text(property);
  if (name !== 'some' && name !== 'every') return [];
  const other = name === 'some' ? 'every' : 'some';
  return [{ start: property.start, end: property.end, becomes: other, what: `${name} becomes ${other}` }];
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

/** Of what only TypeScript has, these hold a value; the rest are types. */
const valueInTypes = /^TS(?:As|Satisfies|NonNull)Expression$/;

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return false;
  return !value.type.startsWith('TS') || valueInTypes.test(value.type);
}
