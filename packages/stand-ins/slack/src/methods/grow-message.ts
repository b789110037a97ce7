import { refuse } from '../api/slack-refusal.ts';
import { withIds } from '../blocks/with-ids.ts';
import type { SlackMessage, SlackTask } from '../contract.ts';
import { markdownToMrkdwn } from '../text/markdown-to-mrkdwn.ts';
import { richTextOf } from '../text/rich-text.ts';
import type { Chunk } from './read-chunks.ts';

/** Whether Slack counts per call or per message is not settled; the stricter reading. */
const longestMarkdown = 12_000;
/** By chunks and by `stopStream`, fifty each. */
const mostBlocks = 100;

/** A streamed message with more in it. The text is derived anew from all of the Markdown, so that what was split over calls joins. */
export function growMessage(message: SlackMessage, chunks: readonly Chunk[], blocksBelow: readonly unknown[] = []): SlackMessage {
  const added = chunks.flatMap((chunk) => (chunk.type === 'markdown_text' ? [chunk.text] : []));
  const markdown = [message.markdown ?? '', ...added].join('');
  if (markdown.length > longestMarkdown) refuse('msg_blocks_too_long');
  const text = markdownToMrkdwn(markdown);
  const textBlockId = `s${message.ts}`;
  const kept = (message.blocks ?? []).filter(({ block_id }) => block_id !== textBlockId);
  const more = withIds([...chunks.flatMap((chunk) => (chunk.type === 'blocks' ? chunk.blocks : [])), ...blocksBelow]);
  if (kept.length + more.length > mostBlocks) refuse('msg_blocks_too_many');
  const tasks = chunks.reduce(withTask, message.tasks ?? []);
  const plan = chunks.findLast((chunk) => chunk.type === 'plan_update');
  return {
    ...message,
    text,
    markdown,
    blocks: [...(text === '' ? [] : [richTextOf(text, textBlockId)]), ...kept, ...more],
    ...(tasks.length === 0 ? {} : { tasks }),
    ...(plan?.type === 'plan_update' ? { plan_title: plan.title } : {}),
  };
}

/** Title and status are replaced, details joined. */
function withTask(tasks: readonly SlackTask[], chunk: Chunk): readonly SlackTask[] {
  if (chunk.type !== 'task_update') return tasks;
  const { type: _type, ...update } = chunk;
  const known = tasks.find(({ id }) => id === update.id);
  if (!known) return [...tasks, update];
  const details = `${known.details ?? ''}${update.details ?? ''}`;
  const merged: SlackTask = { ...known, ...update, ...(details === '' ? {} : { details }) };
  return tasks.map((task) => (task.id === update.id ? merged : task));
}
