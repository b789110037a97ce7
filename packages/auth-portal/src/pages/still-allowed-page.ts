import type { Provider } from '@vera/accounts/provider';
import { html } from 'hono/html';
import { frame, type Html } from './frame.ts';

/** Ended here, and the provider did not say that it ended it, too. */
export function stillAllowedPage({ name, manageUrl }: Provider): Html {
  return frame(
    'Disconnected here',
    html`<p>Vera has forgotten your ${name} account and cannot use it any more. ${name} itself did not confirm that it ended the permission. You can end it there:</p>
<p><a href="${manageUrl}" rel="noreferrer">${manageUrl}</a></p>
<p><a href="/">Back to your accounts</a></p>`,
  );
}
