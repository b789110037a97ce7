import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { authorOf } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { momentOf, timeOf } from '../text/times.ts';
import { Attachments } from './attachments.ts';
import { Avatar } from './avatar.ts';
import { Blocks } from './blocks.ts';
import { MessageBody, MessageFiles, Reactions } from './message-body.ts';
import { MessageEditor } from './message-editor.ts';
import { MessageMenu } from './message-menu.ts';

export interface MessageProps {
  readonly message: SlackMessage;
  /** The one before is of the same person, so that name and picture are left out. */
  readonly isFollowing: boolean;
  readonly isThread: boolean;
  readonly isEphemeral: boolean;
}

export function Message({ message, isFollowing, isThread, isEphemeral }: MessageProps) {
  const { model, dispatch } = usePage();
  const isEditing = model.editing?.ts === message.ts && model.editing.isThread === isThread;
  const edit = () => dispatch({ kind: 'began-edit', editing: { ts: message.ts, isThread } });
  const author = authorOf(model.workspace, message);
  const look = `message${isFollowing ? ' following' : ''}${isEphemeral ? ' ephemeral' : ''}`;
  if (message.subtype === 'tombstone') return html`<${Tombstone} message=${message} isThread=${isThread} />`;
  return html`<article class=${look} data-testid="message" data-ts=${message.ts} aria-busy=${message.streaming_state === 'in_progress'} aria-label=${`${author.name}, ${timeOf(message.ts)}`}>
    <div class="message-side">
      ${isFollowing ? html`<${Time} ts=${message.ts} />` : html`<${Avatar} author=${author} />`}
    </div>
    <div class="message-main">
      ${isEphemeral && html`<p class="only-you">Only visible to you</p>`}
      ${
        !isFollowing &&
        html`<p class="message-head">
          <strong>${author.name}</strong>${author.isApp && html`<span class="app">App</span>`}<${Time} ts=${message.ts} />
        </p>`
      }
      ${
        isEditing
          ? html`<${MessageEditor} message=${message} end=${() => dispatch({ kind: 'ended-edit' })} />`
          : html`<${MessageBody} message=${message} /><${Blocks} message=${message} /><${Attachments} message=${message} />`
      }
      <${MessageFiles} message=${message} />
      <${Reactions} message=${message} />
      ${!isThread && !isEphemeral && html`<${ThreadSummary} message=${message} />`}
    </div>
    ${!isEditing && !isEphemeral && html`<${MessageMenu} message=${message} isThread=${isThread} edit=${edit} />`}
  </article>`;
}

function Time({ ts }: { readonly ts: string }) {
  return html`<time title=${momentOf(ts)}>${timeOf(ts)}</time>`;
}

function Tombstone({ message, isThread }: { readonly message: SlackMessage; readonly isThread: boolean }) {
  return html`<article class="message tombstone" data-testid="message" data-ts=${message.ts}>
    <div class="message-side"></div>
    <div class="message-main">
      <p>This message was deleted.</p>
      ${!isThread && html`<${ThreadSummary} message=${message} />`}
    </div>
  </article>`;
}

/** How much of a thread there is below a message, and the way into it. */
function ThreadSummary({ message }: { readonly message: SlackMessage }) {
  const { model, dispatch } = usePage();
  const { reply_count: count = 0, reply_users: users = [], latest_reply: latest, channel, ts } = message;
  const isBusy = model.sessions[`${channel}:${ts}`]?.status === 'processing';
  const open = () => dispatch({ kind: 'opened-thread', thread: ts });
  const busy = isBusy && html`<span class="busy">${model.workspace.botName} is on it</span>`;
  if (count === 0) return isBusy ? html`<button type="button" class="thread-summary" onClick=${open}>${busy}</button>` : null;
  return html`<button type="button" class="thread-summary" data-testid="reply-count" aria-expanded=${model.thread === ts} onClick=${open}>
    ${users.slice(0, 4).map((user) => {
      const author = authorOf(model.workspace, { type: 'message', ts, channel, user, text: '' });
      return html`<${Avatar} key=${user} author=${author} isSmall=${true} />`;
    })}
    <span class="count">${count === 1 ? '1 reply' : `${count} replies`}</span>
    ${busy || (latest !== undefined && html`<small>Last reply ${timeOf(latest)}</small>`)}
  </button>`;
}
