import { html } from 'htm/preact';
import { type BlockRecord, isRecord } from './block-record.ts';
import type { Typed } from './use-typed.ts';

export interface InputBlockProps {
  readonly block: BlockRecord;
  readonly typed: Typed;
}

/** A field of a message. What is typed goes along with the next click on one of the message's buttons. */
export function InputBlock({ block, typed }: InputBlockProps) {
  const { element, optional, label, hint } = block;
  if (!isRecord(element)) return null;
  const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
  const shared = {
    value: typed.values[blockId]?.[actionId] ?? String(element.initial_value ?? ''),
    placeholder: wordsOf(element.placeholder),
    maxLength: typeof element.max_length === 'number' ? element.max_length : 3_000,
    onInput: ({ currentTarget }: InputEvent) => typed.write(blockId, actionId, (currentTarget as HTMLInputElement).value),
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
