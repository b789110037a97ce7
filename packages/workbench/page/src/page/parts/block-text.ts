import { html } from 'htm/preact';
import { nameOfIn } from '../state/names.ts';
import { usePage } from '../state/page-context.ts';
import { emojiOf } from '../text/emoji-of.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import type { BlockRecord } from './block-record.ts';
import { Rich } from './rich.ts';

/** A text object: plain, or Slack's markup. */
export function BlockText({ text }: { readonly text: BlockRecord }) {
  const { workspace } = usePage().model;
  const words = String(text.text ?? '');
  if (text.type === 'plain_text') return html`<p class="plain">${emojiOf(words)}</p>`;
  return html`<${Rich} content=${renderMrkdwn(words, nameOfIn(workspace))} look="mrkdwn" />`;
}
