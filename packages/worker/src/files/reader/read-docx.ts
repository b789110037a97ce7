import { mostRead, RefusedFileError } from '../file-reading.ts';
import { readXml } from './read-xml.ts';
import type { Told } from './told.ts';
import { partNamed, zipParts } from './zip-parts.ts';

/** The words of a .docx file; what was deleted or inserted and not yet accepted is told apart. Nothing it links to is looked up. */
export function readDocx(bytes: Uint8Array, told: Told): void {
  let pictures = 0;
  const parts = zipParts(bytes, (part) => {
    if (/^word\/media\/[^/]+$/i.test(part)) pictures += 1;
    return /^word\/(?:document\d*|footnotes|endnotes|comments|(?:header|footer)\d*)\.xml$/i.test(part);
  });
  const main = [...parts].find(([part]) => /^word\/document\d*\.xml$/i.test(part))?.[1];
  if (!main) throw new RefusedFileError('damaged');
  const changes = { deleted: 0, inserted: 0, hidden: 0 };
  const budget = { left: mostRead.textCharacters };
  const text = [wordsOf(main, changes, budget), ...notesIn(parts, changes, budget)].filter((part) => part !== '').join('\n\n');
  const counts = [...counted(changes.deleted, 'deletion'), ...counted(changes.inserted, 'insertion')];
  if (counts.length > 0)
    told.note(`it holds tracked changes that nobody accepted yet, ${counts.join(' and ')}: they stand as [deleted: …] and [inserted: …]`);
  if (changes.hidden > 0) told.note('it holds text that its author hid: it stands as [hidden: …]');
  if (pictures > 0) told.note(`it holds ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}, not read`);
  if (budget.left <= 0) told.note('it is longer than what is shown');
  if (text.trim() === '') {
    if (pictures === 0) throw new RefusedFileError('empty');
    told.note('it holds no text');
  }
  told.text(text);
}

interface Changes {
  deleted: number;
  inserted: number;
  hidden: number;
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
}

function notesIn(parts: ReadonlyMap<string, Uint8Array>, changes: Changes, budget: { left: number }): string[] {
  const notes = ['footnotes', 'endnotes', 'comments'].map((kind) => ({ kind, found: [partNamed(parts, `word/${kind}.xml`)] }));
  // Of each there may be several: for a first page, for even and for odd ones.
  const edges = ['header', 'footer'].map((kind) => ({
    kind: `${kind}s`,
    found: [...parts].flatMap(([name, part]) => (name.toLowerCase().startsWith(`word/${kind}`) ? part : [])),
  }));
  return [...edges, ...notes].map(({ kind, found }) => {
    const words = found.map((part) => (part ? wordsOf(part, changes, budget).trim() : '')).filter((text) => text !== '');
    return words.length === 0 ? '' : `${kind[0]?.toUpperCase()}${kind.slice(1)}:\n${[...new Set(words)].join('\n')}`;
  });
}

const changedBy: Readonly<Record<string, keyof Changes>> = { del: 'deleted', moveFrom: 'deleted', ins: 'inserted', moveTo: 'inserted' };
const signs: Readonly<Record<string, string>> = { tab: '\t', br: '\n' };

/** Undefined where the element says nothing of it. Only how a run begins does; `specVanish` hides ends of paragraphs. */
function isHiddenBy(element: string, attributes: Readonly<Record<string, string>>): boolean | undefined {
  if (element === 'r') return false;
  return element === 'vanish' || element === 'webHidden' ? !/^(?:0|false|off)$/.test(attributes['w:val'] ?? '') : undefined;
}

/** Paragraphs in lines, cells of a row beside each other. */
function wordsOf(part: Uint8Array, changes: Changes, budget: { left: number }): string {
  let text = '';
  let isText = false;
  let rows = 0;
  let open: keyof Changes | undefined;
  let isHidden = false;
  /** The same once more, for programs that do not know the first form of it. */
  let again = 0;
  const add = (more: string) => {
    if (again > 0) return;
    if (budget.left > 0) text += more;
    budget.left -= more.length;
  };
  const change = (next: typeof open) => {
    if (open === next) return;
    if (open) add(']');
    if (next) {
      changes[next] += 1;
      add(`[${next}: `);
    }
    open = next;
  };
  const within: (typeof open)[] = [];
  readXml(part, {
    open(element, attributes) {
      if (element === 'Fallback') again += 1;
      isHidden = isHiddenBy(element, attributes) ?? isHidden;
      const kept = changedBy[element];
      if (kept) within.push(kept);
      else if (element === 'tr') rows += 1;
      isText = element === 't' || element === 'delText';
      if (isText && again === 0) change(isHidden ? 'hidden' : within.at(-1));
      add(signs[element] ?? '');
    },
    text(more) {
      if (isText) add(more);
    },
    close(element) {
      isText = false;
      if (element === 'Fallback') again -= 1;
      else if (element === 'r' && open === 'hidden') change(undefined);
      if (changedBy[element]) {
        within.pop();
        change(undefined);
      } else if (element === 'tr') {
        rows -= 1;
        add('\n');
      } else if (element === 'tc') add(' | ');
      else if (element === 'p') add(rows > 0 ? ' ' : '\n');
    },
  });
  change(undefined);
  return text
    .replace(/ +\| /g, ' | ')
    .replace(/[ |]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}
