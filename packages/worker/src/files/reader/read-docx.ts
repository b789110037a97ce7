import { mostRead, RefusedFileError } from '../file-reading.ts';
import { readXml } from './read-xml.ts';
import type { Told } from './told.ts';
import { partNamed, zipParts } from './zip-parts.ts';

/** The words of a .docx file; what was deleted or inserted and not yet accepted is told apart. Nothing it links to is looked up. */
export function readDocx(bytes: Uint8Array, told: Told): void {
  let pictures = 0;
  const parts = zipParts(bytes, (part) => {
    if (/^word\/media\/[^/]+$/i.test(part)) pictures += 1;
    return /^word\/(?:document\d*|footnotes|endnotes|comments)\.xml$/i.test(part);
  });
  const main = [...parts].find(([part]) => /^word\/document\d*\.xml$/i.test(part))?.[1];
  if (!main) throw new RefusedFileError('damaged');
  const changes = { deleted: 0, inserted: 0 };
  const budget = { left: mostRead.textCharacters };
  const text = [wordsOf(main, changes, budget), ...notesIn(parts, changes, budget)].filter((part) => part !== '').join('\n\n');
  const counts = [...counted(changes.deleted, 'deletion'), ...counted(changes.inserted, 'insertion')];
  if (counts.length > 0)
    told.note(`it holds tracked changes that nobody accepted yet, ${counts.join(' and ')}: they stand as [deleted: …] and [inserted: …]`);
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
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
}

function notesIn(parts: ReadonlyMap<string, Uint8Array>, changes: Changes, budget: { left: number }): string[] {
  return ['footnotes', 'endnotes', 'comments'].map((kind) => {
    const part = partNamed(parts, `word/${kind}.xml`);
    const words = part ? wordsOf(part, changes, budget).trim() : '';
    return words === '' ? '' : `${kind[0]?.toUpperCase()}${kind.slice(1)}:\n${words}`;
  });
}

/** Paragraphs in lines, cells of a row beside each other. */
function wordsOf(part: Uint8Array, changes: Changes, budget: { left: number }): string {
  let text = '';
  let isText = false;
  let rows = 0;
  let open: 'deleted' | 'inserted' | undefined;
  const add = (more: string) => {
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
    open(element) {
      if (element === 'del' || element === 'moveFrom') within.push('deleted');
      else if (element === 'ins' || element === 'moveTo') within.push('inserted');
      else if (element === 'tr') rows += 1;
      isText = element === 't' || element === 'delText';
      if (isText) change(within.at(-1));
      if (element === 'tab' || element === 'br') add(element === 'tab' ? '\t' : '\n');
    },
    text(more) {
      if (isText) add(more);
    },
    close(element) {
      isText = false;
      if (/^(?:del|ins|moveFrom|moveTo)$/.test(element)) {
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
