import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { any, byType, type Check, list, number, object, oneOf, problem, text } from './checks.ts';
import { dataTable, dataVisualization, tooManyCharts, tooMuchInTables } from './data-checks.ts';
import { anyText, contextActions, image, inputs, interactive, plainText } from './element-checks.ts';
import { urlSource } from './url-source.ts';

/** Slack's undocumented total: staff say 12,000 characters of text "with a buffer for block containers". */
const longestBlocks = 13_200;
const longestMarkdown = 12_000;
const mostBlocks = 50;

interface BlockRules {
  readonly most?: number;
  /** Kinds that this workspace does not have. */
  readonly lacked?: ReadonlySet<string> | undefined;
}

/** Problems of a message's blocks, in Slack's words. */
export function checkBlocks(blocks: readonly unknown[], { most = mostBlocks, lacked = new Set() }: BlockRules = {}): string[] {
  return [
    ...list(
      byType(() => blockChecks),
      most,
    )(blocks, '/blocks'),
    ...sameIds(blocks),
    ...sameActionIds(blocks),
    ...tooMuchMarkdown(blocks),
    ...tooManyTables(blocks),
    ...tooManyCharts(blocks),
    ...tooMuchInTables(blocks),
    ...unknownHere(blocks, lacked),
  ];
}

/** Data tables have a limit of their own, which is higher than this. */
export function areTooLong(blocks: readonly unknown[]): boolean {
  const words = blocks.filter((block) => !isJsonObject(block) || block.type !== 'data_table');
  return JSON.stringify(words).length > longestBlocks;
}

/** Refused like any other mistake. */
function unknownHere(blocks: readonly unknown[], lacked: ReadonlySet<string>): string[] {
  return blocks.flatMap((block, index) => {
    const type = isJsonObject(block) ? String(block.type) : '';
    return lacked.has(type) ? problem(`unsupported type: ${type}`, `/blocks/${index}/type`) : [];
  });
}

function sameIds(blocks: readonly unknown[]): string[] {
  const seen = new Set<unknown>();
  return blocks.flatMap((block, index) => {
    if (!isJsonObject(block) || block.type === 'markdown' || !block.block_id) return [];
    if (seen.has(block.block_id)) return problem(`block_id already exists: ${String(block.block_id)}`, `/blocks/${index}/block_id`);
    seen.add(block.block_id);
    return [];
  });
}

/** Documented as "should be unique"; refused with `invalid_blocks` all the same, within one block. */
function sameActionIds(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block, index) => {
    if (!isJsonObject(block) || !Array.isArray(block.elements)) return [];
    const ids = block.elements.flatMap((element) => (isJsonObject(element) && element.action_id ? [element.action_id] : []));
    const again = ids.find((id, place) => ids.indexOf(id) !== place);
    return again === undefined ? [] : problem(`action_id already exists: ${String(again)}`, `/blocks/${index}/elements`);
  });
}

/** The limit of `markdown` blocks holds for all of a message together. */
function tooMuchMarkdown(blocks: readonly unknown[]): string[] {
  const markdown = blocks.filter((block) => isJsonObject(block) && block.type === 'markdown') as { text?: unknown }[];
  const length = markdown.reduce((sum, { text }) => sum + String(text ?? '').length, 0);
  return length > longestMarkdown && markdown.length > 1
    ? problem(`markdown blocks must be less than ${longestMarkdown + 1} characters`, '/blocks')
    : [];
}

function tooManyTables(blocks: readonly unknown[]): string[] {
  return blocks.filter((block) => isJsonObject(block) && block.type === 'table').length > 1
    ? problem('only one table allowed', '/blocks')
    : [];
}

const flag = oneOf(true, false);
const blockId = { block_id: text(255) };
const taskStatus = oneOf('pending', 'in_progress', 'complete', 'error');

const section: Check = (value, pointer) => {
  const accessory = byType(() => ({ ...interactive, image }));
  const optional = { text: anyText(3_000), fields: list(anyText(2_000), 10, 1), accessory, expand: flag, ...blockId };
  const problems = object({ type: any }, optional)(value, pointer);
  const { text: words, fields } = value as Record<string, unknown>;
  return words || fields ? problems : [...problems, ...problem('missing required field: text', pointer)];
};

const tableCell = byType(() => ({
  raw_text: object({ type: any, text: text(10_000, 1) }),
  raw_number: object({ type: any, value: any }, { text: text(100) }),
  rich_text: richText,
}));
const table = object(
  { type: any, rows: list(list(tableCell, 20), 100, 1) },
  { column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), 20), ...blockId },
);

const richTextPart = byType(() => ({
  rich_text_section: object({ type: any, elements: list(any, 5_000) }),
  rich_text_list: object(
    { type: any, elements: list(any, 5_000), style: oneOf('bullet', 'ordered') },
    { indent: number(0, 8), border: any, offset: any },
  ),
  rich_text_preformatted: object({ type: any, elements: list(any, 5_000) }, { border: any, language: any }),
  rich_text_quote: object({ type: any, elements: list(any, 5_000) }, { border: any }),
}));
const richText: Check = object({ type: any, elements: list(richTextPart, 1_000) }, blockId);

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
const taskCard = object(
  { type: any, task_id: text(255), title: text(256) },
  { status: taskStatus, details: richText, output: richText, sources: list(urlSource, 100), ...blockId },
);

const known: Check = (value, pointer) => (isJsonObject(value) ? [] : problem('must provide an object', pointer));

/** Every kind of block that a message or view may hold, with its own limits. */
const blockChecks: Readonly<Record<string, Check>> = {
  section,
  table,
  rich_text: richText,
  task_card: taskCard,
  plan: object({ type: any, title: text(256) }, { tasks: list(taskCard, 100), ...blockId }),
  divider: object({ type: any }, blockId),
  header: object({ type: any, text: plainText(150) }, { level: number(1, 4), ...blockId }),
  image,
  markdown: object({ type: any, text: text(12_000, 1) }, blockId),
  actions: object(
    {
      type: any,
      elements: list(
        byType(() => interactive),
        25,
        1,
      ),
    },
    blockId,
  ),
  context: object(
    {
      type: any,
      elements: list(
        byType(() => ({ ...texts, image })),
        10,
        1,
      ),
    },
    blockId,
  ),
  context_actions: object(
    {
      type: any,
      elements: list(
        byType(() => contextActions),
        5,
        1,
      ),
    },
    blockId,
  ),
  input: object(
    { type: any, label: plainText(2_000), element: byType(() => inputs) },
    { hint: plainText(2_000), optional: flag, dispatch_action: flag, ...blockId },
  ),
  video: object(
    { type: any, alt_text: text(2_000), title: plainText(200), thumbnail_url: text(3_000), video_url: text(3_000) },
    { author_name: text(50), description: plainText(200), provider_icon_url: any, provider_name: any, title_url: any, ...blockId },
  ),
  data_table: dataTable(richText),
  data_visualization: dataVisualization,
  ...Object.fromEntries(['alert', 'card', 'carousel', 'container', 'file'].map((name) => [name, known])),
};

const texts = { plain_text: anyText(3_000), mrkdwn: anyText(3_000) };
