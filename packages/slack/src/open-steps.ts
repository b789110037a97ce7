import type { SlackMessage } from './slack-message.ts';

type Block = Readonly<Record<string, unknown>>;

/**
 * What a stream is told when somebody else ends it than who wrote it, as after a crash: its steps that are under way have failed. Slack
 * would show them at work for ever.
 */
export function endOfOpenSteps({ blocks }: Pick<SlackMessage, 'blocks'>): { readonly chunks?: readonly Block[] } {
  const open = listOf(blocks).flatMap(stepsIn).filter(isOpen);
  if (open.length === 0) return {};
  return { chunks: open.map(({ task_id: id, title }) => ({ type: 'task_update', id, title, status: 'error' })) };
}

/** The blocks of a message that is no stream any more, its open steps failed; undefined where there is none. */
export function blocksWithEndedSteps({ blocks }: Pick<SlackMessage, 'blocks'>): readonly Block[] | undefined {
  const all = listOf(blocks);
  return all.some((block) => stepsIn(block).some(isOpen)) ? all.map(ended) : undefined;
}

function ended(block: Block): Block {
  if (block.type === 'plan') return { ...block, tasks: listOf(block.tasks).map(ended) };
  return isOpen(block) ? { ...block, status: 'error' } : block;
}

function stepsIn(block: Block): readonly Block[] {
  return block.type === 'plan' ? listOf(block.tasks) : [block];
}

function isOpen({ type, status }: Block): boolean {
  return type === 'task_card' && (status === 'in_progress' || status === 'pending');
}

function listOf(value: unknown): readonly Block[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
}
