import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { Icon } from './icon.ts';
import { MentionList, useMentioning } from './mention-list.ts';
import { type Draft, useDraft } from './use-draft.ts';

export interface ComposerProps {
  readonly testid: string;
  readonly placeholder: string;
  readonly threadTs?: string;
  /** Where a reply can also be sent to. */
  readonly channelName?: string;
  /** The last message that can be edited here. */
  readonly lastOwnTs?: string;
}

/** Where one writes. Enter sends, Shift+Enter begins a new line; the arrow up edits the last message while nothing is written. */
export function Composer({ testid, placeholder, threadTs, channelName, lastOwnTs }: ComposerProps) {
  const { dispatch } = usePage();
  const isThread = threadTs !== undefined;
  const draft = useDraft(threadTs);
  const field = useRef<HTMLTextAreaElement>(null);
  const mentioning = useMentioning({ field, text: draft.text, write: draft.write, id: testid });
  useLayoutEffect(() => growWithText(field.current), [draft.text]);
  useFocus(field, isThread);
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const isSend = event.key === 'Enter' && !event.shiftKey;
    const isEdit = event.key === 'ArrowUp' && draft.text === '' && lastOwnTs !== undefined;
    if (mentioning.press(event.key)) event.preventDefault();
    else if (isSend || isEdit) {
      event.preventDefault();
      if (isSend) void draft.send();
      else dispatch({ kind: 'began-edit', editing: { ts: lastOwnTs ?? '', isThread } });
    }
  };
  const prevent = (event: Event) => event.preventDefault();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    draft.attach(event.dataTransfer?.files);
  };
  const write = ({ currentTarget }: InputEvent) => {
    draft.write((currentTarget as HTMLTextAreaElement).value);
    mentioning.look();
  };
  const isChoosing = mentioning.choices.length > 0;
  const mention = (name: string) => {
    draft.write(`${draft.text}${/(?:^|\s)$/.test(draft.text) ? '' : ' '}@${name} `);
    field.current?.focus();
  };
  return html`<form class="composer" onSubmit=${prevent} onDrop=${drop} onDragOver=${prevent}>
    <${MentionList} mentioning=${mentioning} />
    <${ComposerFiles} files=${draft.files} drop=${draft.drop} />
    <textarea
      ref=${field}
      data-testid=${testid}
      rows="1"
      placeholder=${placeholder}
      aria-label=${placeholder}
      value=${draft.text}
      aria-autocomplete="list"
      aria-controls=${isChoosing ? mentioning.listId : undefined}
      aria-activedescendant=${isChoosing ? `${mentioning.listId}-${mentioning.chosen}` : undefined}
      onInput=${write}
      onKeyDown=${press}
      onKeyUp=${mentioning.look}
      onClick=${mentioning.look}
      onBlur=${mentioning.leave}
      onPaste=${(event: ClipboardEvent) => draft.attach(event.clipboardData?.files)}
    ></textarea>
    <${ComposerRow} draft=${draft} mention=${mention} channelName=${channelName} />
  </form>`;
}

/** In a place that was just opened, and after an edit, one goes on writing; what is being written elsewhere keeps the keys. */
function useFocus(field: { readonly current: HTMLTextAreaElement | null }, isThread: boolean): void {
  const { editing, thread } = usePage().model;
  const isEdited = editing?.isThread === isThread;
  const wasEdited = useRef(false);
  useEffect(() => {
    const isDue = isThread || thread === undefined || wasEdited.current;
    wasEdited.current = isEdited;
    const isWriting = document.activeElement?.matches('textarea, input, select');
    if (isDue && !isEdited && !isWriting) field.current?.focus();
  }, [isEdited, thread]);
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
