import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { emojiOf } from '../text/emoji-of.ts';
import { isLinkable } from '../text/is-linkable.ts';
import { type BlockRecord, isRecord } from './block-record.ts';
import { useClick } from './use-click.ts';
import type { TypedValues } from './use-typed.ts';

export interface ButtonProps {
  readonly element: BlockRecord;
  readonly message: SlackMessage;
  readonly values?: TypedValues;
}

/** A button of an app; other interactive elements are named and cannot be used. */
export function Button({ element, message, values = {} }: ButtonProps) {
  const click = useClick(message);
  const [isUnderWay, setUnderWay] = useState(false);
  const label = emojiOf(isRecord(element.text) ? String(element.text.text) : String(element.alt_text ?? element.type));
  const isUsable = element.type === 'button' || element.type === 'icon_button';
  const look = `block-button ${element.style ?? ''}`;
  const press = async () => {
    setUnderWay(true);
    await click(String(element.action_id), String(element.value ?? ''), values);
    setUnderWay(false);
  };
  if (typeof element.url === 'string' && isLinkable(element.url)) {
    // The app is told as well, as Slack does.
    return html`<a class=${look} href=${element.url} target="_blank" rel="noopener noreferrer" aria-label=${element.accessibility_label} onClick=${press}>
      ${label}
    </a>`;
  }
  return html`<button
    type="button"
    class=${look}
    disabled=${!isUsable || isUnderWay}
    aria-label=${element.accessibility_label}
    onClick=${press}
  >
    ${label}
  </button>`;
}
