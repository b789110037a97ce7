import { randomBytes } from 'node:crypto';
import { isJsonObject } from '@vera/stand-in-kit/json-object';

type Block = Record<string, unknown>;

/** Blocks as Slack keeps them: each with a `block_id`, each interactive element with an `action_id`. */
export function withIds(blocks: readonly unknown[]): Block[] {
  return blocks.filter(isJsonObject).map((block) => {
    const elements = Array.isArray(block.elements) && block.type !== 'rich_text' ? { elements: block.elements.map(withActionId) } : {};
    const accessory = isJsonObject(block.accessory) ? { accessory: withActionId(block.accessory) } : {};
    const element = block.type === 'input' ? { element: withActionId(block.element) } : {};
    const id = typeof block.block_id === 'string' && block.block_id !== '' && block.type !== 'markdown' ? block.block_id : newBlockId();
    return { ...block, ...elements, ...accessory, ...element, block_id: id };
  });
}

export function newBlockId(): string {
  return randomBytes(4).toString('base64').slice(0, 5);
}

function withActionId(element: unknown): unknown {
  if (!isJsonObject(element) || element.action_id !== undefined || !isInteractive(element)) return element;
  return { ...element, action_id: newBlockId() };
}

function isInteractive({ type }: Block): boolean {
  return !['plain_text', 'mrkdwn', 'image'].includes(String(type));
}
