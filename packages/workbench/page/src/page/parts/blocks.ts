import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { nameOfIn } from '../state/names.ts';
import { usePage } from '../state/page-context.ts';
import { emojiOf } from '../text/emoji-of.ts';
import { renderMarkdown } from '../text/render-markdown.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import { renderRichText } from '../text/render-rich-text.ts';
import { type BlockRecord, isRecord, recordsOf } from './block-record.ts';
import { BlockText } from './block-text.ts';
import { Button } from './button.ts';
import { FeedbackButtons } from './feedback-buttons.ts';
import { InputBlock } from './input-block.ts';
import { isMadeOfText } from './is-made-of-text.ts';
import { Rich } from './rich.ts';
import { type Typed, useTyped } from './use-typed.ts';

/** Block Kit as far as apps send it here. The `rich_text` that Slack made of the message's own text is shown as that text. */
export function Blocks({ message }: { readonly message: SlackMessage }) {
  const typed = useTyped(message);
  const blocks = (message.blocks ?? []).filter((block) => !isMadeOfText(message, block));
  return html`${blocks.map(
    (block, index) => html`<${Block} key=${block.block_id ?? index} block=${block} message=${message} typed=${typed} />`,
  )}`;
}

interface BlockProps {
  readonly block: BlockRecord;
  readonly message: SlackMessage;
  readonly typed: Typed;
}

function Block({ block, message, typed }: BlockProps) {
  switch (block.type) {
    case 'section':
      return html`<${Section} block=${block} message=${message} typed=${typed} />`;
    case 'input':
      return html`<${InputBlock} block=${block} typed=${typed} />`;
    case 'rich_text':
      return html`<${RichText} block=${block} />`;
    case 'context':
      return html`<${Context} block=${block} />`;
    case 'markdown':
      return html`<${MarkdownText} text=${String(block.text ?? '')} />`;
    case 'header':
      return html`<h3 class="block-header">${emojiOf(isRecord(block.text) ? String(block.text.text) : '')}</h3>`;
    case 'divider':
      return html`<hr />`;
    case 'actions':
      return html`<div class="actions">
        ${recordsOf(block.elements).map((element) => html`<${Button} element=${element} message=${message} values=${typed.values} />`)}
      </div>`;
    case 'context_actions':
      return html`<div class="actions">
        ${recordsOf(block.elements).map((element) =>
          element.type === 'feedback_buttons'
            ? html`<${FeedbackButtons} element=${element} message=${message} />`
            : html`<${Button} element=${element} message=${message} />`,
        )}
      </div>`;
    default:
      return html`<p class="unknown-block">A block of the kind “${block.type}” is not shown here.</p>`;
  }
}

function Section({ block, message, typed }: BlockProps) {
  const { text, accessory } = block;
  const fields = recordsOf(block.fields);
  return html`<div class="section">
    <div>
      ${isRecord(text) && html`<${BlockText} text=${text} />`}
      ${fields.length > 0 && html`<div class="fields">${fields.map((field) => html`<${BlockText} text=${field} />`)}</div>`}
    </div>
    ${isRecord(accessory) && accessory.type === 'button' && html`<${Button} element=${accessory} message=${message} values=${typed.values} />`}
  </div>`;
}

function Context({ block }: { readonly block: BlockRecord }) {
  const nameOf = nameOfIn(usePage().model.workspace);
  const texts = recordsOf(block.elements).filter(({ type }) => type === 'mrkdwn' || type === 'plain_text');
  return html`<div class="context">
    ${texts.map((text) =>
      text.type === 'plain_text'
        ? html`<${BlockText} text=${text} />`
        : html`<${Rich} content=${renderMrkdwn(String(text.text), nameOf)} look="mrkdwn" linkTestid="source-link" />`,
    )}
  </div>`;
}

function RichText({ block }: { readonly block: BlockRecord }) {
  const nameOf = nameOfIn(usePage().model.workspace);
  return html`<${Rich} content=${renderRichText(block, nameOf)} look="markdown rich-text" />`;
}

function MarkdownText({ text }: { readonly text: string }) {
  const nameOf = nameOfIn(usePage().model.workspace);
  return html`<${Rich} content=${renderMarkdown(text, { nameOf })} look="markdown" />`;
}
