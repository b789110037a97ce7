import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { Arguments } from '../api/arguments.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { textBlockId } from '../blocks/blocks-with-steps.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { any, byType, list, object, oneOf, text } from '../blocks/checks.ts';
import { urlSource } from '../blocks/url-source.ts';
import { withIds } from '../blocks/with-ids.ts';
import type { SlackMessage, SlackTask } from '../slack-message.ts';
import type { World } from '../state/world.ts';
import { markdownToMrkdwn } from '../text/markdown-to-mrkdwn.ts';
import { richTextOf } from '../text/rich-text.ts';

type Chunk =
  | { readonly type: 'markdown_text'; readonly text: string }
  | ({ readonly type: 'task_update' } & Omit<SlackTask, 'at'>)
  | { readonly type: 'plan_update'; readonly title: string }
  | { readonly type: 'blocks'; readonly blocks: readonly Record<string, unknown>[] };

const mostBlocks = 50;
const longestMarkdown = 12_000;
/** So says the page of the method. Some saw Slack take more (https://github.com/vercel/chat/pull/886); the stricter reading. */
const short = text(256);

const chunk = byType(() => ({
  markdown_text: object({ type: any, text: text(longestMarkdown) }),
  task_update: object(
    { type: any, id: text(255, 1), title: short, status: oneOf('pending', 'in_progress', 'complete', 'error') },
    { details: short, output: short, sources: list(urlSource, 100) },
  ),
  plan_update: object({ type: any, title: short }),
  blocks: object({ type: any, blocks: list(any, mostBlocks) }),
}));

/** `markdown_text` or `chunks`, as chunks. */
export function readChunks(args: Arguments, { lacksBlocks }: Pick<World, 'lacksBlocks'>): readonly Chunk[] {
  const markdown = args.text('markdown_text');
  if (markdown.length > longestMarkdown) refuse('msg_blocks_too_long');
  const chunks = args.list('chunks', 'invalid_chunks') ?? [];
  // https://github.com/NousResearch/hermes-agent/issues/87743
  if (markdown !== '' && chunks.length > 0) refuse('cannot_provide_both_markdown_text_and_chunks');
  const problems = list(chunk, 1_000)(chunks, '/chunks');
  if (problems.length > 0) refuseWith('invalid_chunks', problems);
  const blocks = (chunks as Chunk[]).flatMap((one) => (one.type === 'blocks' ? one.blocks : []));
  checkStreamBlocks(blocks, lacksBlocks);
  return [...(markdown === '' ? [] : [{ type: 'markdown_text' as const, text: markdown }]), ...(chunks as Chunk[])];
}

export function checkStreamBlocks(blocks: readonly unknown[], lacked: ReadonlySet<string>): void {
  if (blocks.length > mostBlocks) refuse('msg_blocks_too_many');
  // Seen on the wire; no page says so.
  if (blocks.some((block) => isJsonObject(block) && block.type === 'file')) refuse('internal_error');
  const problems = checkBlocks(blocks, { lacked });
  if (problems.length > 0) refuseWith('invalid_blocks', problems);
}

/**
 * All calls of a message together, and its steps count too: https://github.com/CopilotKit/CopilotKit/pull/6244,
 * https://github.com/ivy/thicket/issues/88 (54 characters and 58 steps). How much exactly, nobody says; the stricter reading.
 */
const longestMessage = 12_000;
/** By chunks and by `stopStream`, fifty each. */
const mostBlocksOfMessage = 100;

/** A streamed message with more in it. The text is derived anew from all of the Markdown, so that what was split over calls joins. */
export function growMessage(message: SlackMessage, chunks: readonly Chunk[], blocksBelow: readonly unknown[] = []): SlackMessage {
  const { markdown = '', tasks = [] } = chunks.reduce<Grown>(withChunk, message);
  const text = markdownToMrkdwn(markdown);
  const textBlock = textBlockId(message);
  const kept = (message.blocks ?? []).filter(({ block_id }) => block_id !== textBlock);
  const more = withIds([...chunks.flatMap((chunk) => (chunk.type === 'blocks' ? chunk.blocks : [])), ...blocksBelow]);
  if (kept.length + more.length > mostBlocksOfMessage) refuse('msg_blocks_too_many');
  const inSteps = tasks.length === 0 ? 0 : JSON.stringify(tasks).length;
  if (markdown.length + inSteps > longestMessage) refuse('msg_too_long');
  const plan = chunks.findLast((chunk) => chunk.type === 'plan_update');
  return {
    ...message,
    text,
    markdown,
    blocks: [...(text === '' ? [] : [richTextOf(text, textBlock)]), ...kept, ...more],
    ...(tasks.length === 0 ? {} : { tasks }),
    ...(plan?.type === 'plan_update' ? { plan_title: plan.title } : {}),
  };
}

type Grown = Pick<SlackMessage, 'markdown' | 'tasks'>;

/** A step stands where it was first told, between what was said before and after. */
function withChunk({ markdown = '', tasks = [] }: Grown, chunk: Chunk): Grown {
  if (chunk.type === 'markdown_text') return { markdown: markdown + chunk.text, tasks };
  return { markdown, tasks: chunk.type === 'task_update' ? withTask(tasks, chunk, markdown.length) : tasks };
}

/** Title and status are replaced, details joined: https://github.com/NousResearch/hermes-agent/pull/59010. */
function withTask(tasks: readonly SlackTask[], chunk: Extract<Chunk, { type: 'task_update' }>, at: number): readonly SlackTask[] {
  const { type: _type, ...update } = chunk;
  const known = tasks.find(({ id }) => id === update.id);
  if (!known) return [...tasks, { ...update, at }];
  const details = `${known.details ?? ''}${update.details ?? ''}`;
  const merged: SlackTask = { ...known, ...update, ...(details === '' ? {} : { details }) };
  return tasks.map((task) => (task.id === update.id ? merged : task));
}
