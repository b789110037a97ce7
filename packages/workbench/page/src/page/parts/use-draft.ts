import { useState } from 'preact/hooks';
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

/** What is being written. It empties at once when sent; what could not be sent comes back. */
export function useDraft(threadTs: string | undefined): Draft {
  const say = useSay();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isBroadcast, setBroadcast] = useState(false);
  const isEmpty = text.trim() === '' && files.length === 0;
  return {
    ...{ text, files, isBroadcast, isEmpty, setBroadcast },
    write: setText,
    attach: (list) => setFiles((known) => [...known, ...(list ?? [])]),
    drop: (file) => setFiles((known) => known.filter((other) => other !== file)),
    async send() {
      if (isEmpty) return;
      setText('');
      setFiles([]);
      setBroadcast(false);
      if (await say({ text, files, ...(threadTs === undefined ? {} : { threadTs, isBroadcast }) })) return;
      setText((since) => (since === '' ? text : since));
      setFiles((since) => [...files, ...since]);
    },
  };
}
