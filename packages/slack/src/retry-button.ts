import { type RetryAction, retryActionId, retryValueOf } from '@vera/protocol/action';
import type { SlackMessage } from './slack-message.ts';

type Block = Readonly<Record<string, unknown>>;

/** Stands under an answer that failed or was stopped in this turn. */
export function retryButton(failed: Pick<RetryAction, 'messageTs' | 'leg'>): Block {
  const text = { type: 'plain_text', text: 'Try again' };
  return { type: 'actions', elements: [{ type: 'button', text, action_id: retryActionId, value: retryValueOf(failed) }] };
}

/** What is left of a message without its button; undefined where it has none. */
export function blocksWithoutRetry({ blocks }: SlackMessage): readonly Block[] | undefined {
  if (!Array.isArray(blocks)) return undefined;
  const kept = (blocks as Block[]).filter((block) => !hasRetry(block));
  return kept.length === blocks.length ? undefined : kept;
}

function hasRetry({ elements }: Block): boolean {
  return Array.isArray(elements) && elements.some((element: Block | undefined) => element?.action_id === retryActionId);
}
