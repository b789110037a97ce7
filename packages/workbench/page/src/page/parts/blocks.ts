import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { TypedValues } from '../api.ts';
import { nameOfIn } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { emojiOf } from '../text/emoji-of.ts';
import { renderMarkdown } from '../text/render-markdown.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import { renderRichText } from '../text/render-rich-text.ts';
import { type BlockRecord, isRecord, recordsOf } from './block-record.ts';
import { Button, FeedbackButtons, useClick } from './buttons.ts';
import { ChartBlock } from './chart.ts';
import { DataTable } from './data-table.ts';
import { Rich } from './rich.ts';

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
      return html`<${InputBlock} block=${block} message=${message} typed=${typed} />`;
    case 'rich_text':
      return html`<${RichText} block=${block} />`;
    case 'context':
      return html`<${Context} block=${block} />`;
    case 'markdown':
      return html`<${MarkdownText} text=${String(block.text ?? '')} />`;
    case 'header':
      return html`<h3 class="block-header">${emojiOf(isRecord(block.text) ? String(block.text.text) : '')}</h3>`;
    case 'data_visualization':
      return html`<${ChartBlock} block=${block} />`;
    case 'data_table':
      return html`<${DataTable} block=${block} />`;
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

/** The block says what the message's text says: Slack made it of that, or of the Markdown of the app. */
export function isMadeOfText({ blocks = [], markdown }: SlackMessage, block: Readonly<Record<string, unknown>>): boolean {
  if (block.type !== 'rich_text') return false;
  return blocks.length === 1 || (markdown !== undefined && blocks.find(({ type }) => type === 'rich_text') === block);
}

/** A text object: plain, or Slack's markup. */
function BlockText({ text }: { readonly text: BlockRecord }) {
  const { workspace } = usePage().model;
  const words = String(text.text ?? '');
  if (text.type === 'plain_text') return html`<p class="plain">${emojiOf(words)}</p>`;
  return html`<${Rich} content=${renderMrkdwn(words, nameOfIn(workspace))} look="mrkdwn" />`;
}

/** A field of a message. What is typed goes along with the next click on one of the message's buttons, or by itself where it says so. */
function InputBlock({ block, message, typed }: BlockProps) {
  const { element, optional, label, hint } = block;
  const click = useClick(message);
  if (!isRecord(element)) return null;
  const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
  const shared = {
    value: typed.values[blockId]?.[actionId] ?? String(element.initial_value ?? ''),
    placeholder: wordsOf(element.placeholder),
    maxLength: typeof element.max_length === 'number' ? element.max_length : 3_000,
    onInput: ({ currentTarget }: InputEvent) => typed.write(blockId, actionId, (currentTarget as HTMLInputElement).value),
    onKeyDown({ key }: KeyboardEvent) {
      if (key === 'Enter' && block.dispatch_action === true) void click(actionId, shared.value, typed.values);
    },
  };
  const isText = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'].includes(String(element.type));
  return html`<label class="input-block">
    <span class="input-label">${wordsOf(label)}${optional === true && html` <small>(optional)</small>`}</span>
    ${isText && (element.multiline === true ? html`<textarea rows="3" ...${shared} />` : html`<input type="text" autocomplete="off" ...${shared} />`)}
    ${!isText && html`<small>A field of the kind “${element.type}” is not shown here.</small>`}
    ${isRecord(hint) && html`<small>${wordsOf(hint)}</small>`}
  </label>`;
}

function wordsOf(text: unknown): string {
  return isRecord(text) ? String(text.text ?? '') : '';
}

/** What was typed into the fields of a message and not yet sent. */
interface Typed {
  /** Without what belongs to blocks that the app has taken away since. */
  readonly values: TypedValues;
  write(blockId: string, actionId: string, text: string): void;
}

function useTyped({ blocks = [] }: SlackMessage): Typed {
  const [all, setAll] = useState<TypedValues>({});
  const isThere = ([blockId]: [string, unknown]) => blocks.some(({ block_id }) => block_id === blockId);
  return {
    values: Object.fromEntries(Object.entries(all).filter(isThere)),
    write: (blockId, actionId, text) => setAll((known) => ({ ...known, [blockId]: { ...known[blockId], [actionId]: text } })),
  };
}
