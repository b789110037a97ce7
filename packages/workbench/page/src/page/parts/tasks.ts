import type { SlackMessage, SlackTask } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { Icon } from './icon.ts';

const words: Readonly<Record<SlackTask['status'], string>> = {
  pending: 'waiting',
  in_progress: 'under way',
  complete: 'done',
  error: 'failed',
};

/** The steps of the work behind an answer. */
export function Tasks({ message }: { readonly message: SlackMessage }) {
  const { tasks = [], plan_title } = message;
  if (tasks.length === 0) return null;
  return html`<div class="tasks">
    ${plan_title !== undefined && html`<p>${plan_title}</p>`}
    <ul aria-label="Steps">
      ${tasks.map(
        ({ id, title, status, details }) => html`<li key=${id} class=${`task ${status}`}>
          <span class="task-mark" role="img" aria-label=${words[status]}>
            ${status === 'complete' && html`<${Icon} name="done" />`}${status === 'error' && html`<${Icon} name="close" />`}
          </span>
          <span>${title}</span>${details && html`<small>${details}</small>`}
        </li>`,
      )}
    </ul>
  </div>`;
}
