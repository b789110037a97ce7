import { blockChecks } from './block-checks.ts';
import { byType, isObject, list, problem } from './checks.ts';

/** Slack's undocumented total: staff say 12,000 characters of text "with a buffer for block containers". */
const longestBlocks = 13_200;
const longestMarkdown = 12_000;
const mostBlocks = 50;

/** Problems of a message's blocks, in Slack's words. */
export function checkBlocks(blocks: readonly unknown[], most = mostBlocks): string[] {
  return [
    ...list(
      byType(() => blockChecks),
      most,
    )(blocks, '/blocks'),
    ...sameIds(blocks),
    ...sameActionIds(blocks),
    ...tooMuchMarkdown(blocks),
    ...tooManyTables(blocks),
  ];
}

export function areTooLong(blocks: readonly unknown[]): boolean {
  return JSON.stringify(blocks).length > longestBlocks;
}

function sameIds(blocks: readonly unknown[]): string[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    if (!isObject(block) || block.type === 'markdown' || !block.block_id) return [];
    if (seen.has(block.block_id)) return problem(`block_id already exists: ${String(block.block_id)}`, `/blocks/${index}/block_id`);
    seen.add(block.block_id);
    return [];
  });
}

/** Documented as "should be unique"; refused with `invalid_blocks` all the same, within one block. */
function sameActionIds(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block, index) => {
    if (!isObject(block) || !Array.isArray(block.elements)) return [];
    const ids = block.elements.flatMap((element) => (isObject(element) && element.action_id ? [element.action_id] : []));
    const again = ids.find((id, place) => ids.indexOf(id) !== place);
    return again === undefined ? [] : problem(`action_id already exists: ${String(again)}`, `/blocks/${index}/elements`);
  });
}

/** The limit of `markdown` blocks holds for all of a message together. */
function tooMuchMarkdown(blocks: readonly unknown[]): string[] {
  const markdown = blocks.filter((block) => isObject(block) && block.type === 'markdown') as { text?: unknown }[];
  const length = markdown.reduce((sum, { text }) => sum + String(text ?? '').length, 0);
  return length > longestMarkdown && markdown.length > 1
    ? problem(`markdown blocks must be less than ${longestMarkdown + 1} characters`, '/blocks')
    : [];
}

function tooManyTables(blocks: readonly unknown[]): string[] {
  return blocks.filter((block) => isObject(block) && block.type === 'table').length > 1 ? problem('only one table allowed', '/blocks') : [];
}
