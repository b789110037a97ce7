import type { Content } from '../agent/agent.ts';
import { plainName } from '../plain-name.ts';
import type { Table } from '../tables/table.ts';

/** A file as it was read, before anybody knows how much room there is for it. */
export interface ShownFile {
  /** As its owner calls it. */
  readonly name: string;
  /** What has to be known before anything of it is read. */
  readonly notes: readonly string[];
  /** Its words, or why there are none. */
  readonly text: string;
  /** The file itself, where a model takes it. */
  readonly block?: Exclude<Content, { kind: 'text' }>;
  readonly tables: readonly Table[];
  /** Nothing of it is shown, now: another time it may be. */
  readonly isUnread?: boolean;
}

/** A file of which the model is told only that it is there. */
export function unreadFile(name: string, reason: string): ShownFile {
  return { name, notes: [], text: `(File "${plainName(name)}" is not shown: ${reason}.)`, tables: [], isUnread: true };
}

/** Without the file itself where there is no room for it; what it says stays. */
export function withoutBlock({ block: _, ...file }: ShownFile): ShownFile {
  return { ...file, notes: [...file.notes, 'it is shown as its text only'] };
}

/** The file as content for the model, its text not yet marked as data; what was read of its tables stands in `tableTexts`. */
export function contentOf(file: ShownFile, tableTexts: readonly string[]): readonly Content[] {
  const { name, notes, text, block, isUnread } = file;
  if (isUnread) return [{ kind: 'text', text }];
  const said = block?.kind === 'document' ? '' : text;
  const head = `File "${plainName(name)}":${notes.map((note) => ` ${note.replace(/\s+/g, ' ')}.`).join('')}`;
  const parts = [head, ...(said === '' ? [] : [said]), ...tableTexts];
  const isSilent = parts.length === 1 && notes.length === 0;
  return [...(isSilent ? [] : [{ kind: 'text' as const, text: parts.join('\n') }]), ...(block ? [block] : [])];
}
