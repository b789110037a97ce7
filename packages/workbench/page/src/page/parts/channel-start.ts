import { otherSuggestions, suggestions } from '@vera/bedrock-stand-in/rehearsal/suggestions';
import type { WorkspaceChannel } from '@vera/slack-stand-in/workspace';
import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';
import { useSay } from './use-say.ts';

/** The top of a channel; while nothing has been said, with questions to begin with. */
export function ChannelStart({ channel, isEmpty }: { readonly channel: WorkspaceChannel; readonly isEmpty: boolean }) {
  const { model } = usePage();
  const say = useSay();
  const isDirect = channel.kind === 'im';
  const { botName } = model.workspace;
  // The app's own stand there already.
  const isGuest = model.workspace.users.find(({ id }) => id === model.me)?.guest !== undefined;
  // Guests are answered nothing.
  const suggested = model.prompts[channel.id] || isGuest ? [] : (suggestions[channel.name] ?? otherSuggestions);
  const words = isDirect
    ? `This is your conversation with ${botName}. Write as to a colleague; each question opens a thread of its own.`
    : `This is the very beginning of #${channel.name}. Mention @${botName} to ask; the answer comes in a thread.`;
  if (!isEmpty) return html`<p class="channel-start">${words}</p>`;
  return html`<section class="channel-start empty" aria-label=${suggested.length > 0 ? 'Suggested questions' : 'Beginning'}>
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
