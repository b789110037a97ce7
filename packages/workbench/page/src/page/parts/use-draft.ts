import { useState } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { useSay } from './use-say.ts';

export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
  /** The reply also goes to the channel. */
  readonly isBroadcast: boolean;
  readonly isEmpty: boolean;
  write(text: string): void;
  attach(list: FileList | null | undefined): void;
  drop(file: File): void;
  setBroadcast(isBroadcast: boolean): void;
  send(): Promise<void>;
}

/**
 * What a person is writing in one place. It is there again when they come back, its text even after a reload. It empties at once when sent;
 * what could not be sent comes back.
 */
export function useDraft(threadTs: string | undefined): Draft {
  const { me, channel } = usePage().model;
  const say = useSay();
  const key = `vera.draft.${[me, channel, threadTs].filter((part) => part !== undefined).join('.')}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '');
  const [files, setFiles] = useState(() => filesOf.get(key) ?? []);
  const [isBroadcast, setBroadcast] = useState(false);
  const isEmpty = text.trim() === '' && files.length === 0;
  const write = (next: string) => {
    keepText(key, next);
    setText(next);
  };
  const hold = (next: readonly File[]) => {
    filesOf.set(key, next);
    setFiles(next);
  };
  return {
    ...{ text, files, isBroadcast, isEmpty, setBroadcast, write },
    attach: (list) => hold([...files, ...(list ?? [])]),
    drop: (file) => hold(files.filter((other) => other !== file)),
    async send() {
      if (isEmpty) return;
      write('');
      hold([]);
      setBroadcast(false);
      if (await say({ text: text.trim(), files, ...(threadTs === undefined ? {} : { threadTs, isBroadcast }) })) return;
      // What was written meanwhile stays.
      write(localStorage.getItem(key) || text);
      hold([...files, ...(filesOf.get(key) ?? [])]);
    },
  };
}

/** By place, as long as the page is open. */
const filesOf = new Map<string, readonly File[]>();

/** Beyond this nothing could be sent, and the browser's room for all drafts is five megabytes. */
const longestKept = 20_000;

function keepText(key: string, text: string): void {
  if (text === '') localStorage.removeItem(key);
  else if (text.length <= longestKept) localStorage.setItem(key, text);
}
