import type { SlackMessage, SlackSession } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import { Icon } from './icon.ts';

export interface StatusLineProps {
  readonly channel: string;
  readonly threadTs: string;
  readonly session?: SlackSession;
  readonly messages: readonly SlackMessage[];
}

/** That Vera is at work in this thread, and the way to stop her. */
export function StatusLine({ channel, threadTs, session, messages }: StatusLineProps) {
  const { model, dispatch } = usePage();
  const isBusy = session?.status === 'processing' || Boolean(session?.legacyStatus);
  if (!isBusy) return html`<div class="status" role="status"></div>`;
  const isWriting = messages.some(({ streaming_state, text }) => streaming_state === 'in_progress' && text !== '');
  const doing = isWriting ? 'is writing…' : session?.legacyStatus || 'is thinking…';
  const stop = () =>
    api.stop({ user: model.me, channel, threadTs }).catch((error: Error) => dispatch({ kind: 'refused', problem: error.message }));
  return html`<div class="status" role="status">
    <span class="status-text" data-testid="status-line"><i></i>${model.workspace.botName} ${doing}</span>
    <button type="button" class="stop" data-testid="stop-button" onClick=${stop}><${Icon} name="stop" />Stop</button>
  </div>`;
}
