import type { Person } from '@vera/accounts/portal-ticket';
import { html } from 'hono/html';
import { frame, type Html } from './frame.ts';

/** Who is connected to what: nothing yet, for there is nothing to connect to. */
export function accountsPage({ teamId, userId }: Person): Html {
  return frame(
    'Your accounts',
    html`<div class="empty">
<p class="strong">No accounts are connected yet</p>
<p>You do not have to do anything. Accounts of other systems can be connected here as soon as Vera has tools that need yours.</p>
</div>
<h2>What this page is for</h2>
<p>Vera will change things in other systems only as you, with an account that you connected, and only after you said yes in Slack. On this page you will see each connection and end it whenever you like.</p>
<footer>
<dl>
<div><dt>Opened for</dt><dd>${userId}</dd></div>
<div><dt>Slack workspace</dt><dd>${teamId}</dd></div>
</dl>
<p>The link that brought you here is meant for this person only. If that is not you, close the page.</p>
</footer>`,
  );
}
