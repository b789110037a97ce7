import { html } from 'hono/html';
import { frame, type Html } from './frame.ts';
import type { Words } from './words-for.ts';

export function noticePage({ title, text, next }: Words): Html {
  return frame(title, html`<p>${text}</p>${nextStep(next)}`);
}

function nextStep(next: Words['next']): Html | '' {
  switch (next) {
    case 'link':
      return askVera();
    case 'back':
      return html`<p><a href="/">Back</a></p>`;
    case 'nothing':
      return '';
  }
}

function askVera(): Html {
  return html`
<h2>How to get a link</h2>
<p>Ask Vera in Slack:</p>
<p class="say"><span>connect my accounts</span></p>
<p>Vera answers with a link that only you can see. It works once, for ten minutes.</p>`;
}
