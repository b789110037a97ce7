import type { SlackMessage } from '@vera/emulators/slack/contract';
import { html } from 'htm/preact';
import { type BlockRecord, isRecord } from './block-record.ts';
import { useClick } from './use-click.ts';

/** A button of an app; other interactive elements are named and cannot be used. */
export function Button({ element, message }: { readonly element: BlockRecord; readonly message: SlackMessage }) {
  const click = useClick(message);
  const label = isRecord(element.text) ? String(element.text.text) : String(element.alt_text ?? element.type);
  const isUsable = element.type === 'button' || element.type === 'icon_button';
  return html`<button
    type="button"
    class=${`block-button ${element.style ?? ''}`}
    disabled=${!isUsable}
    aria-label=${element.accessibility_label}
    onClick=${() => click(String(element.action_id), String(element.value ?? ''))}
  >
    ${label}
  </button>`;
}
