import { type MemoryWish, memoryActionId } from '@vera/protocol/errand';

export type Element = Readonly<Record<string, unknown>>;
export type SlackBlock = Record<string, unknown>;

export function section(text: string): SlackBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

export function context(text: string): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

export function button(wish: MemoryWish, text: string, value: string, place?: string): Element {
  return { type: 'button', action_id: memoryActionId(wish, place), text: { type: 'plain_text', text }, value };
}
