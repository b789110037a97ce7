import type { WorkspaceChannel } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { ChannelStart } from './channel-start.ts';
import { Composer } from './composer.ts';
import { type DirectTab, DirectTabs, HomeTab } from './home-tab.ts';
import { Icon } from './icon.ts';
import { MessageList } from './message-list.ts';

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
    <${Composer} testid="composer" placeholder=${`Message ${isDirect ? name : `#${name}`}`} />`;
}
