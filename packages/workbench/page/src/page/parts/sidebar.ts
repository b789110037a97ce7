import type { WorkspaceChannel } from '@vera/slack-stand-in/workspace';
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { channelsOf, isUnread, speakersOf } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { Avatar } from './avatar.ts';
import { Icon } from './icon.ts';

/** Who one speaks as, and where. */
export function Sidebar() {
  const { model, dispatch } = usePage();
  const channels = channelsOf(model.workspace, model.me);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (model.isSidebarOpen) nav.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [model.isSidebarOpen]);
  const [direct, shared] = [channels.filter(({ kind }) => kind === 'im'), channels.filter(({ kind }) => kind !== 'im')];
  const close = () => dispatch({ kind: 'closed-sidebar' });
  return html`<nav class="sidebar" aria-label="Channels" ref=${nav}>
    <p class="company">
      ${companyOf(model.workspace.teamDomain)}
      <button type="button" class="quiet" aria-label="Close the channels" onClick=${close}><${Icon} name="close" /></button>
    </p>
    <${PersonSwitcher} />
    <h2 id="channels">Channels</h2>
    <ul aria-labelledby="channels">
      ${shared.map((channel) => html`<${ChannelLink} key=${channel.id} channel=${channel} />`)}
    </ul>
    <h2 id="direct">Direct messages</h2>
    <ul aria-labelledby="direct">
      ${direct.map((channel) => html`<${ChannelLink} key=${channel.id} channel=${channel} />`)}
    </ul>
    ${model.hasReport && html`<p class="sidebar-report"><a href="/report" target="_blank">Report</a> What Vera did this week</p>`}
    <p class="sidebar-note">Everything here runs on your machine. Slack and AWS are emulated, Vera is not.</p>
  </nav>`;
}

function PersonSwitcher() {
  const { model, dispatch } = usePage();
  const choose = ({ currentTarget }: Event) => dispatch({ kind: 'spoke-as', user: (currentTarget as HTMLSelectElement).value });
  return html`<label class="person">
    <span>You are</span>
    <select data-testid="person-switcher" value=${model.me} onChange=${choose}>
      ${speakersOf(model.workspace).map(({ id, realName }) => html`<option key=${id} value=${id}>${realName}</option>`)}
    </select>
    <small>${model.workspace.users.find(({ id }) => id === model.me)?.title}</small>
  </label>`;
}

function ChannelLink({ channel }: { readonly channel: WorkspaceChannel }) {
  const { model, dispatch } = usePage();
  const { id, name, kind, isExtShared } = channel;
  const isDirect = kind === 'im';
  const { botUserId, botName } = model.workspace;
  const unread = isUnread(model, id);
  const picture = isDirect
    ? html`<${Avatar} author=${{ id: botUserId, name: botName, isApp: true }} isSmall=${true} />`
    : html`<${Icon} name=${kind === 'group' ? 'lock' : 'hash'} />`;
  return html`<li>
    <button
      type="button"
      class=${unread ? 'unread' : ''}
      data-testid=${`channel-${isDirect ? 'dm' : name}`}
      aria-current=${id === model.channel ? 'page' : undefined}
      onClick=${() => dispatch({ kind: 'opened-channel', channel: id })}
    >
      ${picture}<span class="channel-name">${isDirect ? botName : name}</span>
      ${isExtShared && html`<span class="shared" title="Shared with another company">shared</span>`}
      ${unread && html`<span class="unread-dot" role="img" aria-label="unread"></span>`}
    </button>
  </li>`;
}

function companyOf(domain: string): string {
  return domain
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
