import type { SlackMessage, SlackTask } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { nameOfIn } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { emojiOf } from '../text/emoji-of.ts';
import { renderMarkdown } from '../text/render-markdown.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import { isMadeOfText } from './blocks.ts';
import { Icon } from './icon.ts';
import { Rich } from './rich.ts';

/** What a message says, and the steps of the work behind it, in the order in which they happened. */
export function MessageBody({ message }: { readonly message: SlackMessage }) {
  const { tasks = [], markdown = '', streaming_state, edited, bot_id, plan_title } = message;
  const places = [...new Set(tasks.map(({ at }) => at))];
  return html`${plan_title !== undefined && html`<p class="tasks">${plan_title}</p>`}
    ${places.map(
      (at, index) => html`<${Words} message=${message} markdown=${markdown.slice(places[index - 1] ?? 0, at)} isGrowing=${false} />
        <${Tasks} tasks=${tasks.filter((task) => task.at === at)} />`,
    )}
    <${Words}
      message=${message}
      markdown=${message.markdown === undefined ? undefined : markdown.slice(places.at(-1) ?? 0)}
      isGrowing=${streaming_state === 'in_progress'}
    />
    ${edited && bot_id === undefined && isBodyShown(message) && html`<span class="edited">(edited)</span>`}
    ${streaming_state === 'errored' && html`<p class="broken">This answer ended early.</p>`}`;
}

interface WordsProps {
  readonly message: SlackMessage;
  /** The part of the app's Markdown; undefined for Slack's markup of a person. */
  readonly markdown: string | undefined;
  readonly isGrowing: boolean;
}

function Words({ message, markdown, isGrowing }: WordsProps) {
  const { workspace } = usePage().model;
  const { text } = message;
  const content = useMemo(() => {
    const nameOf = nameOfIn(workspace);
    return markdown === undefined ? renderMrkdwn(text, nameOf) : renderMarkdown(markdown, { nameOf });
  }, [markdown, text, workspace]);
  if (!isBodyShown(message) || markdown?.trim() === '') return null;
  return html`<div class="message-body">
    <${Rich} content=${content} look=${`${markdown === undefined ? 'mrkdwn' : 'markdown'}${isGrowing ? ' growing' : ''}`} />
  </div>`;
}

/** Blocks take the place of the text, except for the block that Slack makes of the text itself. */
function isBodyShown(message: SlackMessage): boolean {
  const { text, blocks = [] } = message;
  return text !== '' && (blocks.length === 0 || blocks.some((block) => isMadeOfText(message, block)));
}

const words: Readonly<Record<SlackTask['status'], string>> = {
  pending: 'waiting',
  in_progress: 'under way',
  complete: 'done',
  error: 'failed',
};

function Tasks({ tasks }: { readonly tasks: readonly SlackTask[] }) {
  return html`<ul class="tasks" aria-label="Steps">
    ${tasks.map(
      ({ id, title, status, details, output, sources = [] }) => html`<li key=${id} class=${`task ${status}`}>
        <span class="task-mark" role="img" aria-label=${words[status]}>
          ${status === 'complete' && html`<${Icon} name="done" />`}${status === 'error' && html`<${Icon} name="close" />`}
        </span>
        <span class="task-words">
          <span>${title}</span>${details && html` <small>${details}</small>`}${output && html` <small>→ ${output}</small>`}
          ${
            sources.length > 0 &&
            html`<span class="task-sources">
              ${sources.map(({ url, text }) => html`<a key=${url} href=${url} target="_blank" rel="noopener noreferrer">${text}</a>`)}
            </span>`
          }
        </span>
      </li>`,
    )}
  </ul>`;
}

export function Reactions({ message }: { readonly message: SlackMessage }) {
  const { workspace } = usePage().model;
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return null;
  const nameOf = nameOfIn(workspace);
  return html`<ul class="reactions" aria-label="Reactions">
    ${reactions.map(
      ({
        name,
        users,
        count,
      }) => html`<li key=${name} title=${`${users.map((id) => nameOf('@', id) ?? id).join(', ')} reacted with :${name}:`}>
        ${emojiOf(`:${name}:`)} ${count}
      </li>`,
    )}
  </ul>`;
}

const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function MessageFiles({ message }: { readonly message: SlackMessage }) {
  const files = message.files ?? [];
  if (files.length === 0) return null;
  return html`<ul class="files" aria-label="Files">
    ${files.map(({ id, name, mimetype, size, pretty_type, alt_txt, mode }) => {
      if (mode === 'tombstone') return html`<li key=${id}><small>This file was deleted.</small></li>`;
      const address = `/files/${encodeURIComponent(String(id))}`;
      const isPicture = shown.has(String(mimetype));
      return html`<li key=${id}>
        <a href=${address} target="_blank" rel="noopener" class=${isPicture ? 'picture' : 'file'}>
          ${
            isPicture
              ? html`<img src=${address} alt=${alt_txt ?? name} />`
              : html`<${Icon} name="file" /><span><strong>${name}</strong><small>${pretty_type ?? mimetype} · ${sizeOf(Number(size))}</small></span>`
          }
        </a>
      </li>`;
    })}
  </ul>`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
