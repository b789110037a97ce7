import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { authorOf } from '../state/names.ts';
import { usePage } from '../state/page-context.ts';
import { timeOf } from '../text/times.ts';
import { Avatar } from './avatar.ts';

/** How much of a thread there is below a message, and the way into it. */
export function ThreadSummary({ message }: { readonly message: SlackMessage }) {
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
