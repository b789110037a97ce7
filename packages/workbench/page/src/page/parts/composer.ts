import { html } from 'htm/preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ComposerFiles } from './composer-files.ts';
import { ComposerRow } from './composer-row.ts';
import { growWithText } from './grow-with-text.ts';
import { useDraft } from './use-draft.ts';

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
