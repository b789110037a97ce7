import type { ConverseMessage } from '../runtime/converse-request.ts';
import { type Conversation, hasTool } from './conversation.ts';
import type { Call } from './scene.ts';

/** What a ticket may be about, and the words by which it shows. */
export const boardThemes = {
  settlement: /settl/i,
  terminals: /terminal|card reader/i,
  refunds: /refund/i,
  payouts: /payout/i,
  access: /certificate|role|login|access|sign-in/i,
  other: /./,
} as const;

const resultTool = 'give_result';

/** A helper's part in analysing a board: each row gets the first theme whose words it holds. Undefined for any other conversation. */
export function judgeRows(conversation: Conversation, messages: readonly ConverseMessage[]): Call | undefined {
  if (!hasTool(conversation, resultTool)) return undefined;
  const task = messages[0]?.content.map(({ text = '' }) => text).join('\n') ?? '';
  const rows = [...task.matchAll(/^\| ([A-Z][A-Z0-9]+-\d+) \| (.*)$/gm)].map(([, row = '', words = '']) => {
    const [theme] = Object.entries(boardThemes).find(([, pattern]) => pattern.test(words)) ?? ['other'];
    return { row, theme };
  });
  return { name: resultTool, input: { rows } };
}
