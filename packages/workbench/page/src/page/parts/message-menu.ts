import { stopReaction } from '@vera/protocol/action';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { directChannelOf, questionOf } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { Icon } from './icon.ts';

export interface MessageMenuProps {
  readonly message: SlackMessage;
  readonly isThread: boolean;
  readonly edit: () => void;
}

/** What can be done with a message; shows while the pointer or the focus is on it. */
export function MessageMenu({ message, isThread, edit }: MessageMenuProps) {
  const { model, dispatch, refuse } = usePage();
  const { channel, ts, thread_ts } = message;
  const [isSure, setSure] = useState(false);
  const isOwn = message.user === model.me;
  const question = questionOf(model, message);
  const openThread = (thread = thread_ts ?? ts) => dispatch({ kind: 'opened-thread', thread });
  const direct = directChannelOf(model.workspace, model.me);
  const forward = async (to: string) => {
    const forwarded = { user: model.me, channel: to, text: '', files: [], forwardChannel: channel, forwardTs: ts };
    await api.post(forwarded).then((posted) => {
      dispatch({ kind: 'opened-channel', channel: to });
      openThread(posted.ts);
    }, refuse);
  };
  const ask = () => api.shortcut({ user: model.me, channel, ts, callbackId: 'ask-about-message' }).then(() => openThread(), refuse);
  const explain = () => api.shortcut({ user: model.me, channel, ts, callbackId: 'explain-answer' }).then(() => openThread(), refuse);
  const hasStopped = message.reactions?.some(({ name, users }) => name === stopReaction && users.includes(model.me)) ?? false;
  const react = () => api.react({ user: model.me, channel, ts, name: stopReaction }).catch(refuse);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isSure) return;
    event.preventDefault();
    setSure(false);
  };
  const remove = () => api.remove({ user: model.me, channel, ts }).catch(refuse);
  return html`<div class="message-menu"><div class="choices" role="group" aria-label="Message actions" onMouseLeave=${() => setSure(false)} onKeyDown=${press}>
    ${!isThread && html`<${Choice} label="Reply in thread" icon="thread" act=${() => openThread()} />`}
    ${
      message.bot_id !== model.workspace.botId &&
      html`<${Choice} label=${`Ask ${model.workspace.botName} about this`} icon="ask" act=${ask} />`
    }
    ${question !== undefined && html`<${Choice} label="How this came about" icon="glass" act=${explain} />`}
    ${direct && html`<${Choice} label=${`Forward to ${model.workspace.botName}`} icon="send" act=${() => forward(direct.id)} />`}
    ${!hasStopped && html`<${Choice} label="React with 🛑 (stop)" icon="sign" act=${react} />`}
    ${question !== undefined && html`<${Choice} label="Road of this message" icon="road" act=${() => dispatch({ kind: 'opened-road', question })} />`}
    ${isOwn && html`<${Choice} label="Edit message" icon="edit" act=${edit} />`}
    ${isOwn && !isSure && html`<${Choice} label="Delete message" icon="trash" act=${() => setSure(true)} />`}
    ${isOwn && isSure && html`<button type="button" class="danger" onClick=${remove}>Delete?</button>`}
  </div></div>`;
}

function Choice({ label, icon, act }: { readonly label: string; readonly icon: string; readonly act: () => void }) {
  return html`<button type="button" title=${label} aria-label=${label} onClick=${act}><${Icon} name=${icon} /></button>`;
}
