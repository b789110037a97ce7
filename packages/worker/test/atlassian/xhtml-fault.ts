const open: string[] = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'pre', 'blockquote', 'table', 'tbody', 'tr', 'th', 'td'];
const inline = ['strong', 'em', 'del', 'code', 'a'];
const text =
  /^(?:[\t\n\u0020-\u0025\u0027-\u003b\u003d\u003f-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff]|&(?:amp|lt|gt|quot|#39);)*$/;
const attribute: Readonly<Record<string, RegExp>> = {
  a: /^ href="(?:https?:|mailto:)[^"<>]*"$/,
  ol: /^ start="\d+"$/,
};

/** Why a text is not the XHTML we mean to write: only these elements, with these attributes, all closed, only characters of XML. */
export function xhtmlFault(storage: string): string | undefined {
  const stack: string[] = [];
  for (const [part] of storage.matchAll(/<[^>]*>|[^<]+|</g)) {
    const fault = part.startsWith('<') ? elementFault(part, stack) : textFault(part);
    if (fault !== undefined) return fault;
  }
  return stack.length > 0 ? `open: ${stack}` : undefined;
}

function textFault(part: string): string | undefined {
  return text.test(part) ? undefined : `text: ${JSON.stringify(part)}`;
}

function elementFault(part: string, stack: string[]): string | undefined {
  if (part === '<br/>' || part === '<hr/>') return undefined;
  const [, closing, name = '', rest = ''] = /^<(\/?)([a-z0-9]+)([^>]*)>$/s.exec(part) ?? [];
  if (![...open, ...inline].includes(name)) return `element: ${part}`;
  if (closing) return rest === '' && stack.pop() === name ? undefined : `closes: ${part}`;
  stack.push(name);
  return rest === '' || (attribute[name]?.test(rest) && text.test(rest)) ? undefined : `attributes: ${part}`;
}
