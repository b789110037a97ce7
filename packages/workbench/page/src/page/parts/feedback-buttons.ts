import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { type BlockRecord, isRecord } from './block-record.ts';
import { Icon } from './icon.ts';
import { useClick } from './use-click.ts';

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
