import type { ConnectedAccount } from '@vera/accounts/account';
import type { Person } from '@vera/accounts/portal-ticket';
import type { Provider } from '@vera/accounts/provider';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { html } from 'hono/html';
import type { Resumption, Session } from '../session.ts';
import { frame, type Html } from './frame.ts';
import { whoIs } from './who-is.ts';

export interface AccountsPage {
  readonly session: Session;
  readonly accounts: readonly ConnectedAccount[];
  /** Those that are on. */
  readonly providers: readonly Provider[];
  /** Questions that have just gone on. */
  readonly resumption: Resumption | undefined;
  readonly slackUrl: string;
}

/** Who is connected to what, and the buttons that change it. */
export function accountsPage({ session, accounts, providers, resumption, slackUrl }: AccountsPage): Html {
  const cards = providers.map((provider) =>
    cardOf(
      provider,
      accounts.find((account) => account.provider === provider.id),
    ),
  );
  return frame(
    'Your accounts',
    html`${resumption && newsOf(resumption, session.person, slackUrl)}${cards.length > 0 ? cards : nothingToConnect()}
<h2>What this page is for</h2>
<p>With an account that you connected here Vera acts as you: it changes something only after you said yes in Slack, and reads what only you can ask for, such as all tickets of a Jira board. You can end each connection whenever you like.</p>
<footer>
${whoIs('Signed in as', session)}
<p>This page closes fifteen minutes after you signed in.</p>
</footer>`,
  );
}

function newsOf({ questions, channelId }: Resumption, { teamId }: Person, slackUrl: string): Html {
  const back = new URL('/app_redirect', slackUrl);
  back.search = new URLSearchParams({ team: teamId, channel: channelId }).toString();
  return html`<div class="news" role="status">
<p class="strong">Vera goes on with ${questions === 1 ? 'your question' : `your ${questions} questions`}</p>
<p>The answer comes in Slack, where you asked.</p>
<p><a href="${back.href}" rel="noreferrer">Back to Slack</a></p>
</div>`;
}

function cardOf(provider: Provider, account: ConnectedAccount | undefined): Html {
  return html`<section class="card" data-provider="${provider.id}">
<div><h2>${provider.name}</h2>${stateOf(provider, account)}</div>
<div class="actions">${actionsOf(provider, account)}</div>
</section>`;
}

function stateOf({ use }: Provider, account: ConnectedAccount | undefined): Html {
  if (!account) return html`<p>Not connected. For ${use}.</p>`;
  const { name: given, state, connectedAt, sites } = account;
  const name = html`<bdi>${shorten(given, textLimits.name)}</bdi>`;
  const where = sites.length > 0 ? html` on ${sites.map((site) => new URL(site.url).host).join(', ')}` : '';
  if (state === 'expired')
    return html`<p class="warning">Has to be connected again</p><p>As ${name}${where}. The permission ran out or was taken back.</p>`;
  return html`<p class="good">Connected</p><p>As ${name}${where}, since <time datetime="${new Date(connectedAt).toISOString()}">${dayOf(connectedAt)}</time>.</p>`;
}

function actionsOf({ id, name }: Provider, account: ConnectedAccount | undefined): Html {
  const connect = html`<form method="post" action="/connect/${id}"><button class="main" aria-label="Connect ${name}">${account ? 'Connect again' : 'Connect'}</button></form>`;
  const end = html`<form method="post" action="/disconnect/${id}"><button aria-label="Disconnect ${name}">Disconnect</button></form>`;
  if (!account) return connect;
  return account.state === 'expired' ? html`${connect}${end}` : end;
}

function nothingToConnect(): Html {
  return html`<div class="empty">
<p class="strong">There is nothing to connect</p>
<p>You do not have to do anything. The team that runs Vera has not set up any system that needs an account of yours.</p>
</div>`;
}

function dayOf(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** Ended here, and the provider did not say that it ended it, too. */
export function stillAllowedPage({ name, manageUrl }: Provider): Html {
  return frame(
    'Disconnected here',
    html`<p>Vera has forgotten your ${name} account and cannot use it any more. ${name} itself did not confirm that it ended the permission. You can end it there:</p>
<p><a href="${manageUrl}" rel="noreferrer">${manageUrl}</a></p>
<p><a href="/">Back to your accounts</a></p>`,
  );
}
