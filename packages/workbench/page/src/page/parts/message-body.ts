import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { nameOfIn } from '../state/names.ts';
import { usePage } from '../state/page-context.ts';
import { renderMarkdown } from '../text/render-markdown.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import { isMadeOfText } from './is-made-of-text.ts';
import { Rich } from './rich.ts';

/** What a message says: the Markdown of the app, or Slack's markup of a person. */
export function MessageBody({ message }: { readonly message: SlackMessage }) {
  const { workspace } = usePage().model;
  const { markdown, text, streaming_state, edited, bot_id } = message;
  const content = useMemo(() => {
    const nameOf = nameOfIn(workspace);
    return markdown === undefined ? renderMrkdwn(text, nameOf) : renderMarkdown(markdown, { nameOf });
  }, [markdown, text, workspace]);
  const isGrowing = streaming_state === 'in_progress';
  if (!isBodyShown(message)) return null;
  return html`<div class="message-body">
    <${Rich} content=${content} look=${`${markdown === undefined ? 'mrkdwn' : 'markdown'}${isGrowing ? ' growing' : ''}`} />
    ${edited && bot_id === undefined && html`<span class="edited">(edited)</span>`}
    ${streaming_state === 'errored' && html`<p class="broken">This answer ended early.</p>`}
  </div>`;
}

/** Blocks take the place of the text, except for the block that Slack makes of the text itself. */
function isBodyShown(message: SlackMessage): boolean {
  const { text, blocks = [] } = message;
  return text !== '' && (blocks.length === 0 || blocks.some((block) => isMadeOfText(message, block)));
}
