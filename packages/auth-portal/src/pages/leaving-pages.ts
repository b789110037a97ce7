import { html } from 'hono/html';
import type { Session } from '../session.ts';
import { frame, type Html } from './frame.ts';
import { whoIs } from './who-is.ts';

/** The one step between a link and what it is for: a link may have been handed on. */
export function signInPage(session: Session): Html {
  return frame(
    'Is this you?',
    html`<p>Sign in with Slack, so that nobody else can connect an account in your name. Slack tells Vera who you are, and nothing more.</p>
<form method="post" action="/sign-in"><button class="main">Sign in with Slack</button></form>
<footer>
${whoIs('Made for', session)}
<p>The link that brought you here is for this person only. If that is not you, close the page.</p>
</footer>`,
  );
}

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
