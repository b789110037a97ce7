import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ComposerFiles } from './composer-files.ts';
import { growWithText } from './grow-with-text.ts';
import { Icon } from './icon.ts';
import { useSay } from './use-say.ts';

export interface ComposerProps {
  readonly testid: string;
  readonly placeholder: string;
  readonly threadTs?: string;
}

/** Where one writes. Enter sends, Shift+Enter begins a new line; what could not be sent comes back. */
export function Composer({ testid, placeholder, threadTs }: ComposerProps) {
  const say = useSay();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  useLayoutEffect(() => growWithText(field.current), [text]);
  const isEmpty = text.trim() === '' && files.length === 0;
  const send = async () => {
    if (isEmpty) return;
    setText('');
    setFiles([]);
    const isSent = await say({ text, files, ...(threadTs === undefined ? {} : { threadTs }) });
    if (isSent) return;
    setText(text);
    setFiles(files);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };
  const take = (list: FileList | null | undefined) => setFiles((known) => [...known, ...(list ?? [])]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files);
  };
  return html`<form class="composer" onSubmit=${(event: Event) => event.preventDefault()} onDrop=${drop} onDragOver=${(event: Event) => event.preventDefault()}>
    <${ComposerFiles} files=${files} drop=${(file: File) => setFiles((known) => known.filter((other) => other !== file))} />
    <textarea
      ref=${field}
      data-testid=${testid}
      rows="1"
      placeholder=${placeholder}
      aria-label=${placeholder}
      value=${text}
      onInput=${({ currentTarget }: InputEvent) => setText((currentTarget as HTMLTextAreaElement).value)}
      onKeyDown=${press}
      onPaste=${(event: ClipboardEvent) => take(event.clipboardData?.files)}
    ></textarea>
    <div class="composer-row">
      <label class="attach" title="Attach files">
        <${Icon} name="attach" />
        <input type="file" multiple aria-label="Attach files" onChange=${({ currentTarget }: Event) => takeFrom(currentTarget as HTMLInputElement, take)} />
      </label>
      <small><kbd>Enter</kbd> sends, <kbd>Shift Enter</kbd> new line</small>
      <button type="button" class="send" aria-label="Send" disabled=${isEmpty} onClick=${send}><${Icon} name="send" /></button>
    </div>
  </form>`;
}

function takeFrom(input: HTMLInputElement, take: (files: FileList | null) => void): void {
  take(input.files);
  // So that the same file can be chosen again.
  input.value = '';
}
