import { html } from 'hono/html';
import { frame, type Html } from './frame.ts';

/**
 * Takes the browser to another site. Not by a redirect: the form's policy names this site only, and browsers hold redirects of a form to
 * it, those between the pages of the other site included, which nobody can list.
 */
export function departurePage(name: string, url: string): Html {
  return frame(
    `On the way to ${name}`,
    html`<p><a href="${url}">Go on to ${name}</a> if nothing happens.</p>`,
    html`<meta http-equiv="refresh" content="0;url=${url}">`,
  );
}
