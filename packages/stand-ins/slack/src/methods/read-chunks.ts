import type { Arguments } from '../api/arguments.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { any, byType, isObject, list, object, oneOf, text } from '../blocks/checks.ts';
import type { SlackTask } from '../contract.ts';

export type Chunk =
  | { readonly type: 'markdown_text'; readonly text: string }
  | ({ readonly type: 'task_update' } & SlackTask)
  | { readonly type: 'plan_update'; readonly title: string }
  | { readonly type: 'blocks'; readonly blocks: readonly Record<string, unknown>[] };

const mostBlocks = 50;
const longestMarkdown = 12_000;
const short = text(256);
const source = object({ type: oneOf('url'), url: text(3_000, 1), text: text(3_000) });

const chunk = byType(() => ({
  markdown_text: object({ type: any, text: text(longestMarkdown) }),
  task_update: object(
    { type: any, id: text(255, 1), title: short, status: oneOf('pending', 'in_progress', 'complete', 'error') },
    { details: short, output: short, sources: list(source, 100) },
  ),
  plan_update: object({ type: any, title: short }),
  blocks: object({ type: any, blocks: list(any, mostBlocks) }),
}));

/** `markdown_text` and `chunks` as chunks, in that order. */
export function readChunks(args: Arguments): readonly Chunk[] {
  const markdown = args.text('markdown_text');
  if (markdown.length > longestMarkdown) refuse('msg_blocks_too_long');
  const chunks = args.list('chunks', 'invalid_chunks') ?? [];
  const problems = list(chunk, 1_000)(chunks, '/chunks');
  if (problems.length > 0) refuseWith('invalid_chunks', problems);
  const blocks = (chunks as Chunk[]).flatMap((one) => (one.type === 'blocks' ? one.blocks : []));
  checkStreamBlocks(blocks);
  return [...(markdown === '' ? [] : [{ type: 'markdown_text' as const, text: markdown }]), ...(chunks as Chunk[])];
}

export function checkStreamBlocks(blocks: readonly unknown[]): void {
  if (blocks.length > mostBlocks) refuse('msg_blocks_too_many');
  // Seen on the wire; no page says so.
  if (blocks.some((block) => isObject(block) && block.type === 'file')) refuse('internal_error');
  const problems = checkBlocks(blocks);
  if (problems.length > 0) refuseWith('invalid_blocks', problems);
}
