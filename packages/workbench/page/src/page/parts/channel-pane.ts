import type { WorkspaceChannel } from '@vera/slack-stand-in/workspace';
import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { channelsOf, isUnread, lastOwnTsOf } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { ChannelStart } from './channel-start.ts';
import { Composer } from './composer.ts';
import { type DirectTab, DirectTabs, HomeTab } from './home-tab.ts';
import { Icon } from './icon.ts';
import { MessageList } from './message-list.ts';
import { Prompts } from './prompts.ts';

/** The open channel. */
export function ChannelPane() {
  const { model, dispatch } = usePage();
  const { workspace } = model;
  const [tab, open] = useState<DirectTab>('messages');
  const channel = workspace.channels.find(({ id }) => id === model.channel);
  if (!channel) return null;
  const isDirect = channel.kind === 'im';
  const name = isDirect ? workspace.botName : channel.name;
  return html`<main class="pane channel" aria-label=${isDirect ? `Direct messages with ${name}` : `Channel ${name}`}>
    <header class="pane-head">
      <${SidebarButton} />
      <h1>${!isDirect && html`<${Icon} name=${channel.kind === 'group' ? 'lock' : 'hash'} />`}${name}</h1>
      <p class="topic">${channel.topic ?? (isDirect ? 'Only you and Vera read this' : '')}</p>
      ${!isDirect && html`<span class="members">${channel.members.length} members</span>`}
      ${
        !model.isRoadOpen &&
        html`<button type="button" class="quiet" onClick=${() => dispatch({ kind: 'opened-road' })}>
          <${Icon} name="road" />Road
        </button>`
      }
    </header>
    ${isDirect && html`<${DirectTabs} tab=${tab} open=${open} />`}
    ${isDirect && tab === 'home' ? html`<${HomeTab} />` : html`<${ChannelMessages} channel=${channel} name=${name} />`}
  </main>`;
}

function ChannelMessages({ channel, name }: { readonly channel: WorkspaceChannel; readonly name: string }) {
  const { messages, ephemerals, me } = usePage().model;
  const isDirect = channel.kind === 'im';
  const own = (messages[channel.id] ?? []).filter(
    ({ ts, thread_ts, subtype }) => thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast',
  );
  const hidden = ephemerals.filter(({ user, message }) => user === me && message.channel === channel.id && !message.thread_ts);
  return html`<${MessageList} messages=${own} ephemerals=${hidden.map(({ message }) => message)} isThread=${false}>
      <${ChannelStart} channel=${channel} isEmpty=${own.length === 0} />
    </${MessageList}>
    ${isDirect && html`<${Prompts} />`}
    <${Composer} key=${me} testid="composer" lastOwnTs=${lastOwnTsOf(own, me)} placeholder=${`Message ${isDirect ? name : `#${name}`}`} />`;
}

/** On a narrow screen the channels are behind this. */
function SidebarButton() {
  const { model, dispatch } = usePage();
  const isUnreadAnywhere = channelsOf(model.workspace, model.me).some(({ id }) => isUnread(model, id));
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !model.isSidebarOpen) button.current?.focus();
    wasOpen.current = model.isSidebarOpen;
  }, [model.isSidebarOpen]);
  return html`<button
    ref=${button}
    type="button"
    class="quiet sidebar-button"
    aria-label=${isUnreadAnywhere ? 'Channels, with something unread' : 'Channels'}
    aria-expanded=${model.isSidebarOpen}
    onClick=${() => dispatch({ kind: 'opened-sidebar' })}
  >
    <${Icon} name="menu" />${isUnreadAnywhere && html`<span class="unread-dot"></span>`}
  </button>`;
}
