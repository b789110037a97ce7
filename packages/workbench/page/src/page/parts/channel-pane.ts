import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';
import { ChannelStart } from './channel-start.ts';
import { Composer } from './composer.ts';
import { Icon } from './icon.ts';
import { MessageList } from './message-list.ts';

/** The open channel. */
export function ChannelPane() {
  const { model, dispatch } = usePage();
  const { workspace, me } = model;
  const channel = workspace.channels.find(({ id }) => id === model.channel);
  if (!channel) return null;
  const own = (model.messages[channel.id] ?? []).filter(
    ({ ts, thread_ts, subtype }) => thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast',
  );
  const hidden = model.ephemerals.filter(({ user, message }) => user === me && message.channel === channel.id && !message.thread_ts);
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
    <${MessageList} messages=${own} ephemerals=${hidden.map(({ message }) => message)} isThread=${false}>
      <${ChannelStart} channel=${channel} isEmpty=${own.length === 0} />
    </${MessageList}>
    <${Composer} testid="composer" placeholder=${`Message ${isDirect ? name : `#${name}`}`} />
  </main>`;
}
