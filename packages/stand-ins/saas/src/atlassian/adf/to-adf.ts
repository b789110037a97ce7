import type { AdfDocument, AdfNode } from './adf-node.ts';

/** Plain words of a data file as a document: a blank line parts blocks, `## ` makes a heading, `- ` a list, backquotes code. */
export function toAdf(text: string): AdfDocument {
  return {
    type: 'doc',
    version: 1,
    content: text
      .trim()
      .split(/\n{2,}/)
      .map(blockOf),
  };
}

function blockOf(text: string): AdfNode {
  const heading = /^(#{1,3}) (.+)$/.exec(text);
  if (heading) return { type: 'heading', attrs: { level: heading[1]?.length ?? 1 }, content: inlineOf(heading[2] ?? '') };
  const fenced = /^```\n([\s\S]*)\n```$/.exec(text);
  if (fenced) return { type: 'codeBlock', content: [{ type: 'text', text: fenced[1] ?? '' }] };
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line): AdfNode => ({ type: 'listItem', content: [{ type: 'paragraph', content: inlineOf(line.slice(2)) }] }));
    return { type: 'bulletList', content: items };
  }
  return { type: 'paragraph', content: inlineOf(lines.join(' ')) };
}

function inlineOf(text: string): AdfNode[] {
  return text.split(/(`[^`]+`)/).flatMap((part): AdfNode[] => {
    if (part === '') return [];
    const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
    return [isCode ? { type: 'text', text: part.slice(1, -1), marks: [{ type: 'code' }] } : { type: 'text', text: part }];
  });
}
