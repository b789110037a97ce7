import type { SlackSession } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { api } from '../api.ts';
import { lastOwnTsOf } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { Composer } from './composer.ts';
import { Icon } from './icon.ts';
import { MessageList } from './message-list.ts';

/** The open thread. */
export function ThreadPane({ threadTs }: { readonly threadTs: string }) {
  const { model, dispatch } = usePage();
  const { channel, me, workspace } = model;
  const isHere = ({ ts, thread_ts }: SlackMessage) => ts === threadTs || thread_ts === threadTs;
  const messages = (model.messages[channel] ?? []).filter(isHere);
  const hidden = model.ephemerals.filter(({ user, message }) => user === me && message.channel === channel && isHere(message));
  const session = model.sessions[`${channel}:${threadTs}`];
  const place = workspace.channels.find(({ id }) => id === channel);
  const isDirect = place?.kind === 'im';
  const where = isDirect ? `with ${workspace.botName}` : `#${place?.name}`;
  const placeholder = isDirect ? `Reply to ${workspace.botName}` : `Reply, or @${workspace.botName} to ask`;
  return html`<aside class="pane thread" data-testid="thread-pane" aria-label="Thread">
    <header class="pane-head">
      <h2>Thread</h2>
      <p class="topic">${session?.title ?? where}</p>
      <button type="button" class="quiet" aria-label="Close thread" onClick=${() => dispatch({ kind: 'closed-thread' })}>
        <${Icon} name="close" />
      </button>
    </header>
    <${MessageList} messages=${messages} ephemerals=${hidden.map(({ message }) => message)} isThread=${true}>
      ${messages.length === 0 && html`<p class="channel-start">Nothing is left of this thread.</p>`}
    </${MessageList}>
    <${StatusLine} channel=${channel} threadTs=${threadTs} session=${session} messages=${messages} />
    <${Composer}
      key=${me}
      testid="thread-composer"
      lastOwnTs=${lastOwnTsOf(messages, me)}
      placeholder=${placeholder}
      threadTs=${threadTs}
      channelName=${isDirect ? undefined : place?.name}
    />
  </aside>`;
}

interface StatusLineProps {
  readonly channel: string;
  readonly threadTs: string;
  readonly session?: SlackSession;
  readonly messages: readonly SlackMessage[];
}

/** That Vera is at work in this thread, and the way to stop her. */
function StatusLine({ channel, threadTs, session, messages }: StatusLineProps) {
  const { model, refuse } = usePage();
  const isBusy = session?.status === 'processing' || Boolean(session?.legacyStatus);
  if (!isBusy) return html`<div class="status" role="status"></div>`;
  const isWriting = messages.some(({ streaming_state, text }) => streaming_state === 'in_progress' && text !== '');
  const doing = isWriting ? 'is writing…' : session?.legacyStatus || 'is thinking…';
  const stop = () => api.stop({ user: model.me, channel, threadTs }).catch(refuse);
  return html`<div class="status" role="status">
    <span class="status-text" data-testid="status-line"><i></i>${model.workspace.botName} ${doing}</span>
    <button type="button" class="stop" data-testid="stop-button" onClick=${stop}><${Icon} name="stop" />Stop</button>
  </div>`;
}
