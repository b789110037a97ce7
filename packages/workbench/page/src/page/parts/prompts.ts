import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';
import { useSay } from './use-say.ts';

/** What the app suggests to ask, in the direct messages with it; a click sends it as it stands. */
export function Prompts() {
  const { prompts, channel } = usePage().model;
  const say = useSay();
  const suggested = prompts[channel];
  if (!suggested) return null;
  return html`<section class="prompts" data-testid="prompts" aria-label=${suggested.title ?? 'Suggested questions'}>
    ${suggested.title && html`<h2>${suggested.title}</h2>`}
    <ul>
      ${suggested.prompts.map(
        ({ title, message }) =>
          html`<li key=${title}><button type="button" title=${message} onClick=${() => say({ text: message })}>${title}</button></li>`,
      )}
    </ul>
  </section>`;
}
