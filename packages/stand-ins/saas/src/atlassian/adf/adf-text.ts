import type { AdfNode } from './adf-node.ts';

/** The words of a document, a line for each block. */
export function adfText(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'mention':
    case 'emoji':
    case 'status':
      return String(node.attrs?.text ?? '');
    case 'inlineCard':
    case 'blockCard':
      return String(node.attrs?.url ?? '');
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
    case 'taskItem':
      return `${(node.content ?? []).map(adfText).join('')}\n`;
    default:
      return (node.content ?? []).map(adfText).join('');
  }
}
