import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';
import { Icon } from './icon.ts';
import type { Draft } from './use-draft.ts';

export interface ComposerRowProps {
  readonly draft: Draft;
  readonly mention: (name: string) => void;
  readonly channelName?: string;
}

/** What stands below the text: files, a mention, where else to, and the way to send. */
export function ComposerRow({ draft, mention, channelName }: ComposerRowProps) {
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
