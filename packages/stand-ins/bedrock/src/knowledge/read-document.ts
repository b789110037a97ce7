import type { KnowledgeDocument } from './knowledge-document.ts';
import { toPassages } from './to-passages.ts';
import { toSections } from './to-sections.ts';

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/;

/** Reads Markdown or plain text. The title comes from the front matter, else from the first heading, else from the file's name. */
export function readDocument(path: string, source: string): KnowledgeDocument {
  const fields = fieldsOf(frontMatter.exec(source)?.[1] ?? '');
  const body = source.replace(frontMatter, '').replaceAll('\r\n', '\n');
  const title = fields.get('title') ?? /^#\s+(.+)$/m.exec(body)?.[1]?.trim() ?? nameOf(path);
  const owner = fields.get('owner');
  const updated = fields.get('updated');
  const passages = toSections(body).flatMap(({ heading, text }) => toPassages(text).map((passage) => ({ heading, text: passage })));
  const isSuperseded = saysSuperseded(title, fields, body);
  return { path, title, isSuperseded, ...(owner ? { owner } : {}), ...(updated ? { updated } : {}), passages };
}

const superseded = /\b(?:superseded|obsolete|deprecated|outdated)\b/i;
const banner = /^(?:#.*\n+)?\s*>?\s*[*_]*(?:superseded|obsolete|deprecated|outdated)\b/i;

function saysSuperseded(title: string, fields: ReadonlyMap<string, string>, body: string): boolean {
  const words = [title, fields.get('tags'), fields.get('status')].filter((value) => value !== undefined);
  return words.some((value) => superseded.test(value)) || fields.has('superseded-by') || banner.test(body.trimStart());
}

function fieldsOf(block: string): Map<string, string> {
  const pairs = block.split('\n').flatMap((line) => {
    const [, name, value] = /^([\w-]+):\s*(.+?)\s*$/.exec(line) ?? [];
    return name && value ? [[name.toLowerCase(), value.replace(/^(['"])(.*)\1$/, '$2')] as const] : [];
  });
  return new Map(pairs);
}

function nameOf(path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .replaceAll(/[-_]+/g, ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
