import { toBlocks } from '../markdown/to-blocks.ts';

/** A file of the folder, read and divided. */
export interface KnowledgeDocument {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly updated?: string;
  /** Its title, its tags, its status or a banner at its top says that another one took its place. */
  readonly isSuperseded: boolean;
  readonly passages: readonly Passage[];
}

export interface Passage {
  /** The headings above the text below the title, such as `Escalation › At night`; empty above the first heading. */
  readonly heading: string;
  readonly text: string;
}

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

interface Section {
  readonly heading: string;
  readonly text: string;
}

const headingLine = /^(#{1,6})\s+(.+?)\s*#*$/;
const fenceLine = /^\s*(?:```|~~~)/;

/** Divides Markdown at its headings; a `#` inside a code fence is none. The document's own title (level 1) is left out of the path. */
function toSections(markdown: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  const path: { level: number; text: string }[] = [];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (fenceLine.test(line)) fenced = !fenced;
    const [, marks, text] = fenced ? [] : (headingLine.exec(line) ?? []);
    if (!marks || !text) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    while ((path.at(-1)?.level ?? 0) >= marks.length) path.pop();
    path.push({ level: marks.length, text });
    const below = path.filter(({ level }) => level > 1);
    sections.push({ heading: below.map((heading) => heading.text).join(' › '), lines: [] });
  }
  return sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() })).filter(({ text }) => text !== '');
}

const longest = 1_500;
const longestWhole = 3_000;

/** Divides a section into passages of at most 1,500 characters; lists, tables, code, and steps with code between them stay whole up to twice that. */
function toPassages(section: string): string[] {
  const blocks = toBlocks(section);
  const steps = blocks.filter((block) => /^\d+[.)] /.test(block));
  if (steps.length > 1 && section.length <= longestWhole) return [section];
  return packed(blocks.flatMap(divided), '\n\n');
}

/** Paragraphs break between sentences, anything else between lines; a line without an end is cut. */
function divided(block: string): string[] {
  const isParagraph = !/\n|^\s*(?:[-*+|]|\d+\.|```)/.test(block);
  if (block.length <= (isParagraph ? longest : longestWhole)) return [block];
  const pieces = isParagraph ? block.split(/(?<=[.!?])\s+/) : block.split('\n');
  return packed(
    pieces.flatMap((piece) => piece.match(/[\s\S]{1,1500}/g) ?? []),
    isParagraph ? ' ' : '\n',
  );
}

function packed(pieces: readonly string[], separator: string): string[] {
  const passages: string[] = [];
  for (const piece of pieces) {
    const last = passages.at(-1);
    if (last === undefined || last.length + separator.length + piece.length > longest) passages.push(piece);
    else passages[passages.length - 1] = last + separator + piece;
  }
  return passages;
}
