import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { dayOf } from '../text/times.ts';
import { Message } from './message.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

export interface MessageListProps {
  readonly messages: readonly SlackMessage[];
  /** Messages that only the person in front of the page sees. */
  readonly ephemerals: readonly SlackMessage[];
  readonly isThread: boolean;
  readonly children?: ComponentChildren;
}

/** Drawing thousands anew with every word of an answer would be slow. */
const atOnce = 100;

/** Messages that stay at their end while one reads the end. */
export function MessageList({ messages, ephemerals, isThread, children }: MessageListProps) {
  const { list, onScroll } = useStickToEnd();
  const [most, setMost] = useState(atOnce);
  const everything = [...messages, ...ephemerals].sort((one, other) => Number(one.ts) - Number(other.ts));
  const all = everything.slice(-most);
  const isWhole = all.length === everything.length;
  const replies = messages.length - 1;
  return html`<div class="messages" role="log" aria-label=${isThread ? 'Thread' : 'Messages'} tabindex="0" ref=${list} onScroll=${onScroll}>
    ${!isThread && isWhole && children}
    ${
      !isWhole &&
      html`<button type="button" class="earlier" onClick=${() => setMost(most + atOnce)}>
        Show earlier messages (${everything.length - all.length})
      </button>`
    }
    ${all.map((message, index) => {
      const before = all[index - 1];
      const day = dayOf(message.ts, new Date());
      const isNewDay = !isThread && (!before || dayOf(before.ts, new Date()) !== day);
      const isFollowing = !isNewDay && before !== undefined && isTogether(before, message, isThread);
      return html`${isNewDay && html`<p key=${`day-${day}`} class="day"><span>${day}</span></p>`}<${Message}
        key=${message.ts} message=${message} isFollowing=${isFollowing} isThread=${isThread} isEphemeral=${ephemerals.includes(message)} />
        ${isThread && isWhole && index === 0 && replies > 0 && html`<p key="count" class="thread-count">${repliesOf(replies)}</p>`}`;
    })}
    ${isThread && children}
  </div>`;
}

/** One person's messages within five minutes stand under one name. */
function isTogether(before: SlackMessage, message: SlackMessage, isThread: boolean): boolean {
  const isRoot = isThread && before.thread_ts === before.ts;
  const isSamePerson = before.user === message.user && before.bot_id === message.bot_id;
  return isSamePerson && !isRoot && !before.reply_count && before.subtype !== 'tombstone' && Number(message.ts) - Number(before.ts) < 300;
}

function repliesOf(count: number): string {
  return count === 1 ? '1 reply' : `${count} replies`;
}
