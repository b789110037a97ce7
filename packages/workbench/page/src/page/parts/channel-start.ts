import type { WorkspaceChannel } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';
import { useSay } from './use-say.ts';

const questions: Readonly<Record<string, readonly string[]>> = {
  'payments-oncall': [
    'who is on call for payments, and is anything on fire?',
    'what do we know about INC-482, and what is done every evening?',
    'how do I replay unmatched settlements?',
  ],
  'it-help': ['how do I report a lost laptop, and who has to know?', 'how do I get access to the VPN?'],
  releases: ['when is the release freeze, and what is exempt?', 'how does a release reach production?'],
  general: ['what does our expenses policy say about hotels?', 'how do I book parental leave?'],
};
const otherwise = ['what can you help me with?', 'how do I report a security incident?', 'how much is 37 * 43?'];

/** The top of a channel; while nothing has been said, with questions to begin with. */
export function ChannelStart({ channel, isEmpty }: { readonly channel: WorkspaceChannel; readonly isEmpty: boolean }) {
  const { model } = usePage();
  const say = useSay();
  const isDirect = channel.kind === 'im';
  const { botName } = model.workspace;
  const suggested = questions[channel.name] ?? otherwise;
  const words = isDirect
    ? `This is your conversation with ${botName}. Write as to a colleague; each question opens a thread of its own.`
    : `This is the very beginning of #${channel.name}. Mention @${botName} to ask; the answer comes in a thread.`;
  if (!isEmpty) return html`<p class="channel-start">${words}</p>`;
  return html`<section class="channel-start empty" aria-label="Suggested questions">
    <h2>${isDirect ? botName : `#${channel.name}`}</h2>
    <p>${words}</p>
    <ul>
      ${suggested.map((question) => {
        const text = isDirect ? sentence(question) : `@${botName} ${question}`;
        return html`<li key=${question}><button type="button" onClick=${() => say({ text })}>${text}</button></li>`;
      })}
    </ul>
  </section>`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
