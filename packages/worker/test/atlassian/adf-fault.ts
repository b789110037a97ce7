interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly Node[];
}

const inItems = ['paragraph', 'bulletList', 'orderedList', 'codeBlock'];
const blocks = [...inItems, 'heading', 'blockquote', 'table', 'rule'];
const inside: Readonly<Record<string, readonly string[]>> = {
  doc: blocks,
  paragraph: ['text', 'hardBreak'],
  heading: ['text', 'hardBreak'],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: inItems,
  blockquote: inItems,
  codeBlock: ['text'],
  table: ['tableRow'],
  tableRow: ['tableHeader', 'tableCell'],
  tableHeader: blocks,
  tableCell: blocks,
  rule: [],
  hardBreak: [],
  text: [],
};
const neverEmpty = ['bulletList', 'orderedList', 'listItem', 'blockquote', 'table', 'tableRow', 'tableHeader', 'tableCell'];
const attributes: Readonly<Record<string, readonly string[]>> = { heading: ['level'], orderedList: ['order'], codeBlock: ['language'] };

/** Why Atlassian's schema of documents refuses a node; nothing when it does not. */
export function adfFault(node: Node, within = ''): string | undefined {
  const { type, content = [], marks = [] } = node;
  if (!inside[type]) return `unknown node ${type}`;
  if (within !== '' && !inside[within]?.includes(type)) return `${type} in ${within}`;
  if (marks.length > 0 && (type !== 'text' || within === 'codeBlock')) return `marks on ${type} in ${within}`;
  const own = contentFault(node) ?? attributeFault(node) ?? markFault(marks);
  return own ?? content.map((one) => adfFault(one, type)).find((fault) => fault !== undefined);
}

function contentFault({ type, text, content = [] }: Node): string | undefined {
  if (neverEmpty.includes(type) && content.length === 0) return `empty ${type}`;
  if (type === 'listItem' && !['paragraph', 'codeBlock'].includes(content[0]?.type ?? '')) return `item begins with ${content[0]?.type}`;
  return type === 'text' && (typeof text !== 'string' || text === '') ? 'empty text' : undefined;
}

function attributeFault({ type, attrs = {} }: Node): string | undefined {
  const strange = Object.keys(attrs).find((name) => !attributes[type]?.includes(name));
  if (strange) return `${strange} of ${type}`;
  if (type === 'heading' && ![1, 2, 3, 4, 5, 6].includes(Number(attrs.level))) return `level ${attrs.level}`;
  const isOrder = Number.isInteger(attrs.order ?? 1) && Number(attrs.order ?? 1) >= 0;
  return isOrder ? undefined : `order ${attrs.order}`;
}

function markFault(marks: NonNullable<Node['marks']>): string | undefined {
  const types = marks.map(({ type }) => type);
  if (new Set(types).size < types.length) return `marks twice: ${types}`;
  if (types.includes('code') && types.some((type) => type !== 'code' && type !== 'link')) return `code with ${types}`;
  const unknown = types.find((type) => !['strong', 'em', 'strike', 'code', 'link'].includes(type));
  if (unknown) return `mark ${unknown}`;
  const link = marks.find(({ type }) => type === 'link');
  return link && !/^(?:https?|mailto):/.test(String(link.attrs?.href)) ? `link to ${link.attrs?.href}` : undefined;
}
