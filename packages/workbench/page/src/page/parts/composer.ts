import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { Icon } from './icon.ts';
import { useSay } from './use-say.ts';

export interface ComposerProps {
  readonly testid: string;
  readonly placeholder: string;
  readonly threadTs?: string;
  /** Where a reply can also be sent to. */
  readonly channelName?: string;
}

/** Where one writes. Enter sends, Shift+Enter begins a new line. */
export function Composer({ testid, placeholder, threadTs, channelName }: ComposerProps) {
  const draft = useDraft(threadTs);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => growWithText(field.current), [draft.text]);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void draft.send();
  };
  const prevent = (event: Event) => event.preventDefault();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    draft.attach(event.dataTransfer?.files);
  };
  const mention = (name: string) => {
    draft.write(`${draft.text}${/(?:^|\s)$/.test(draft.text) ? '' : ' '}@${name} `);
    field.current?.focus();
  };
  return html`<form class="composer" onSubmit=${prevent} onDrop=${drop} onDragOver=${prevent}>
    <${ComposerFiles} files=${draft.files} drop=${draft.drop} />
    <textarea
      ref=${field}
      data-testid=${testid}
      rows="1"
      placeholder=${placeholder}
      aria-label=${placeholder}
      value=${draft.text}
      onInput=${({ currentTarget }: InputEvent) => draft.write((currentTarget as HTMLTextAreaElement).value)}
      onKeyDown=${press}
      onPaste=${(event: ClipboardEvent) => draft.attach(event.clipboardData?.files)}
    ></textarea>
    <${ComposerRow} draft=${draft} mention=${mention} channelName=${channelName} />
  </form>`;
}

interface Draft {
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
function useDraft(threadTs: string | undefined): Draft {
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

const tallest = 220;

/** As high as its text, up to a limit. */
export function growWithText(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, tallest)}px`;
}

function ComposerFiles({ files, drop }: { readonly files: readonly File[]; readonly drop: (file: File) => void }) {
  if (files.length === 0) return null;
  return html`<ul class="composer-files" aria-label="Files to send">
    ${files.map(
      (file) => html`<li>
        <${Icon} name="file" /><span>${file.name}</span>
        <button type="button" aria-label=${`Remove ${file.name}`} onClick=${() => drop(file)}><${Icon} name="close" /></button>
      </li>`,
    )}
  </ul>`;
}

interface ComposerRowProps {
  readonly draft: Draft;
  readonly mention: (name: string) => void;
  readonly channelName?: string;
}

/** What stands below the text: files, a mention, where else to, and the way to send. */
function ComposerRow({ draft, mention, channelName }: ComposerRowProps) {
  const { botName } = usePage().model.workspace;
  const attach = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement;
    draft.attach(input.files);
    // So that the same file can be chosen again.
    input.value = '';
  };
  const broadcast = ({ currentTarget }: Event) => draft.setBroadcast((currentTarget as HTMLInputElement).checked);
  return html`<div class="composer-row">
    <label class="attach" title="Attach files">
      <${Icon} name="attach" />
      <input type="file" multiple aria-label="Attach files" onChange=${attach} />
    </label>
    <button type="button" class="attach" title=${`Mention ${botName}`} aria-label=${`Mention ${botName}`} onClick=${() => mention(botName)}>@</button>
    ${
      channelName !== undefined &&
      html`<label class="broadcast"><input type="checkbox" checked=${draft.isBroadcast} onChange=${broadcast} />Also to #${channelName}</label>`
    }
    <small>${channelName === undefined && html`<kbd>Enter</kbd> sends, <kbd>Shift Enter</kbd> new line`}</small>
    <button type="button" class="send" aria-label="Send" disabled=${draft.isEmpty} onClick=${draft.send}><${Icon} name="send" /></button>
  </div>`;
}
