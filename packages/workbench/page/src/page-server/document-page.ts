import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readDocument } from '@vera/bedrock-stand-in/knowledge/read-document';
import { renderMarkdown } from '../page/text/render-markdown.ts';
import { escapeHtml } from '../page/text/safe-html.ts';

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

/** A document of the knowledge base as a person reads it. */
interface DocumentFile {
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly updated?: string;
  /** Markdown, or plain text, without its front matter. */
  readonly body: string;
  readonly isMarkdown: boolean;
}

const frontMatter = /^---\r?\n[\s\S]*?\r?\n---\r?\n/;

/** Undefined unless `encodedPath` names a Markdown or text file that lies, links followed, in the folder. */
export async function readDocumentFile(folder: string, encodedPath: string): Promise<DocumentFile | undefined> {
  const path = decoded(encodedPath);
  if (path === undefined || !/\.(?:md|markdown|txt)$/i.test(path)) return undefined;
  const source = await readInside(folder, path);
  if (source === undefined) return undefined;
  const { passages: _passages, ...document } = readDocument(path, source);
  return { ...document, body: source.replace(frontMatter, ''), isMarkdown: !path.toLowerCase().endsWith('.txt') };
}

function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path);
    return plain.includes('\0') ? undefined : plain;
  } catch {
    return undefined;
  }
}

async function readInside(folder: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return file.startsWith(root + sep) ? await readFile(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
