import type { SlackMessage, SlackTask } from '../slack-message.ts';
import { markdownToMrkdwn } from '../text/markdown-to-mrkdwn.ts';
import { richTextOf } from '../text/rich-text.ts';

type Block = Readonly<Record<string, unknown>>;

/** The id of the block that is made of a stream's text. */
export function textBlockId({ ts }: Pick<SlackMessage, 'ts'>): string {
  return `s${ts}`;
}

/**
 * The blocks of a message as the Web API returns them. A stream's steps are blocks like others there: a `task_card` each, between what was
 * said before and after, or all in one `plan` (https://docs.slack.dev/reference/block-kit/blocks/plan-block).
 */
export function blocksWithSteps(message: SlackMessage): { readonly blocks?: readonly Block[] } {
  const { blocks = [], tasks = [], plan_title: title = '', steps_as_plan: isPlan } = message;
  if (tasks.length === 0) return message.blocks ? { blocks } : {};
  const others = blocks.filter(({ block_id }) => block_id !== textBlockId(message));
  const said = blocks.filter((block) => !others.includes(block));
  if (isPlan) return { blocks: [{ type: 'plan', block_id: `p${message.ts}`, title, tasks: tasks.map(taskCardOf) }, ...said, ...others] };
  return { blocks: [...inOrder(message, tasks), ...others] };
}

function inOrder({ ts, markdown = '' }: SlackMessage, tasks: readonly SlackTask[]): Block[] {
  const textBetween = (from: number, to?: number): Block[] => {
    const text = markdownToMrkdwn(markdown.slice(from, to));
    return text.trim() === '' ? [] : [richTextOf(text, `${textBlockId({ ts })}-${from}`)];
  };
  const cards = tasks.flatMap((task, index) => [...textBetween(tasks[index - 1]?.at ?? 0, task.at), taskCardOf(task)]);
  return [...cards, ...textBetween(tasks.at(-1)?.at ?? 0)];
}

function taskCardOf({ id, title, status, details, output, sources }: SlackTask): Block {
  return {
    ...{ type: 'task_card', block_id: `t${id}`, task_id: id, title, status },
    ...(details === undefined ? {} : { details: richTextOf(details, `d${id}`) }),
    ...(output === undefined ? {} : { output: richTextOf(output, `o${id}`) }),
    ...(sources === undefined ? {} : { sources }),
  };
}
