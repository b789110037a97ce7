import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { api, type TypedValues } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import { emojiOf } from '../text/emoji-of.ts';
import { isLinkable } from '../text/safe-html.ts';
import { type BlockRecord, isRecord } from './block-record.ts';
import { Icon } from './icon.ts';

/** In place of a message's `ts`: the blocks are those of a home tab, which is no message. */
export const homeTs = 'home';

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
    if (!isConfirmed(element.confirm)) return;
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

/** Slack asks once more where the app wants that. */
function isConfirmed(confirm: unknown): boolean {
  if (!isRecord(confirm)) return true;
  const words = [confirm.title, confirm.text].flatMap((part) => (isRecord(part) ? String(part.text) : []));
  return window.confirm(words.join('\n\n'));
}

/** The two thumbs under an answer. The browser remembers which one this person pressed, as Slack does. */
export function FeedbackButtons({ element, message }: { readonly element: BlockRecord; readonly message: SlackMessage }) {
  const { me } = usePage().model;
  const click = useClick(message);
  const place = `vera.feedback.${me}.${message.channel}.${message.ts}`;
  const [, setTimes] = useState(0);
  const chosen = localStorage.getItem(place);
  const thumb = (name: 'good' | 'bad', button: unknown) => {
    if (!isRecord(button)) return null;
    const press = async () => {
      if (!(await click(String(element.action_id), String(button.value)))) return;
      localStorage.setItem(place, name);
      setTimes((times) => times + 1);
    };
    const label = String(button.accessibility_label ?? (isRecord(button.text) ? button.text.text : name));
    return html`<button
      type="button"
      class="thumb"
      data-testid=${`feedback-${name}`}
      aria-label=${label}
      aria-pressed=${chosen === name}
      title=${label}
      onClick=${press}
    >
      <${Icon} name=${name} />
    </button>`;
  };
  return html`<div class="feedback" role="group" aria-label="Was this answer good?">
    ${thumb('good', element.positive_button)}${thumb('bad', element.negative_button)}
    ${chosen !== null && html`<small role="status">Thank you for the feedback</small>`}
  </div>`;
}

type Click = (actionId: string, value: string, values?: TypedValues) => Promise<boolean>;

/** Clicks something in a message; resolves with whether the app took it. */
export function useClick({ channel, ts: messageTs }: SlackMessage): Click {
  const { model, refuse } = usePage();
  return async (actionId, value, values = {}) => {
    try {
      const { status } =
        messageTs === homeTs
          ? await api.pressHome({ user: model.me, actionId, value })
          : await api.click({ user: model.me, channel, messageTs, actionId, value, values });
      if (status === 200) return true;
      refuse(status === 0 ? 'The app did not answer the click within three seconds.' : `The app answered the click with ${status}.`);
    } catch (error) {
      refuse(error);
    }
    return false;
  };
}
