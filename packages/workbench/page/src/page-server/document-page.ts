import { escapeHtml } from '../page/text/escape-html.ts';
import { renderMarkdown } from '../page/text/render-markdown.ts';
import type { DocumentFile } from './read-document-file.ts';

/** A knowledge document as a page of its own; it needs no script. */
export function documentPage(document: DocumentFile | 'missing'): string {
  if (document === 'missing') {
    const words = 'The knowledge base has no document under this address. It may have been moved or renamed.';
    return frame('No such document', `<h1>No such document</h1><p>${words}</p>`);
  }
  const { title, owner, updated, path, body, isMarkdown } = document;
  const facts = [owner ? `Owner: ${owner}` : '', updated ? `Updated: ${updated}` : '', path].filter((fact) => fact !== '');
  const spans = facts.map((fact) => `<span>${escapeHtml(fact)}</span>`).join('');
  const content = isMarkdown ? renderMarkdown(withoutTitle(body, title), { relativeLinks: true }) : `<pre>${escapeHtml(body)}</pre>`;
  return frame(title, `<h1>${escapeHtml(title)}</h1><p class="document-facts">${spans}</p><article class="markdown">${content}</article>`);
}

/** The first heading repeats the title in most documents. */
function withoutTitle(body: string, title: string): string {
  return body.replace(/^\s*#\s+(.+)\n/, (heading, text: string) => (text.trim() === title ? '' : heading));
}

function frame(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<link rel="stylesheet" href="/main.css">
</head>
<body class="document"><main><p class="document-place">Knowledge base</p>${main}</main></body>
</html>`;
}
