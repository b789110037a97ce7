import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readDocument } from '@vera/bedrock-stand-in/knowledge/read-document';

/** A document of the knowledge base as a person reads it. */
export interface DocumentFile {
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
