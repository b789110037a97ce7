import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { authorOf } from '../state/names.ts';
import { usePage } from '../state/page-context.ts';
import { momentOf, timeOf } from '../text/times.ts';
import { Avatar } from './avatar.ts';
import { Blocks } from './blocks.ts';
import { MessageBody } from './message-body.ts';
import { MessageEditor } from './message-editor.ts';
import { MessageFiles } from './message-files.ts';
import { MessageMenu } from './message-menu.ts';
import { Tasks } from './tasks.ts';
import { ThreadSummary } from './thread-summary.ts';

export interface MessageProps {
  readonly message: SlackMessage;
  /** The one before is of the same person, so that name and picture are left out. */
  readonly isFollowing: boolean;
  readonly isThread: boolean;
  readonly isEphemeral: boolean;
}

export function Message({ message, isFollowing, isThread, isEphemeral }: MessageProps) {
  const { model } = usePage();
  const [isEditing, setEditing] = useState(false);
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
          ? html`<${MessageEditor} message=${message} end=${() => setEditing(false)} />`
          : html`<${Tasks} message=${message} /><${MessageBody} message=${message} /><${Blocks} message=${message} />`
      }
      <${MessageFiles} message=${message} />
      ${!isThread && !isEphemeral && html`<${ThreadSummary} message=${message} />`}
    </div>
    ${!isEditing && !isEphemeral && html`<${MessageMenu} message=${message} isThread=${isThread} edit=${() => setEditing(true)} />`}
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
