import type { Block } from '../failure.ts';
import type { JudgeText } from '../guardrail/judge-text.ts';
import { judgeTexts } from '../guardrail/judge-texts.ts';
import { latestSaid } from '../thread/read-conversation.ts';
import type { Story } from './story.ts';

/** A block, and the `ts` of the messages that later requests leave out. */
export interface Blame {
  readonly block: Block;
  readonly messages: readonly string[];
}

const patience = 10_000;

/**
 * What of a stopped request was to blame. The guardrail says that it stopped what people said last, not which of their messages; those are
 * looked for. Where none is found, all of them count as to blame: so the thread can always go on.
 */
export async function findBlame(
  judge: JudgeText | undefined,
  { question, messages, signal }: Pick<Story, 'question' | 'messages' | 'signal'>,
  block: Block,
): Promise<Blame> {
  if (block.on === 'answer') return { block, messages: [] };
  const said = latestSaid(question, messages);
  const all: Blame = { block, messages: said.map(({ ts }) => ts) };
  if (!judge || said.length < 2) return all;
  const texts = said.map(({ text, quotes }) => [text, ...quotes.map((quote) => quote.text)].join('\n'));
  const judged = await judgeTexts(judge, texts, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  if (judged.verdict !== 'blocked') return all;
  const stopped = said.flatMap(({ ts }, index) => (judged.texts[index] === undefined ? [ts] : []));
  if (judged.texts.at(-1) === undefined) return { block, messages: stopped };
  return { block: { on: 'thread', policies: judged.policies }, messages: stopped };
}
