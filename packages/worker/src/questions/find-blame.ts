import type { Block } from '../failure.ts';
import type { JudgeText } from '../guardrail/judge-text.ts';
import type { Policy } from '../guardrail/policy.ts';
import { latestSaid } from '../thread/read-conversation.ts';
import type { Spoken } from '../thread/spoken.ts';
import type { Story } from './story.ts';

/** A block, and the `ts` of the messages that later requests leave out. */
export interface Blame {
  readonly block: Block;
  readonly messages: readonly string[];
}

/** So many of the messages before the question are looked at, the newest first. */
const mostMessages = 30;
const patience = 10_000;

/**
 * What of a stopped request was to blame. The guardrail says that it stopped what people said last, not which of their messages; each is judged
 * by itself. Where none is stopped alone, or none can be judged, the question counts as to blame: so the thread can always go on.
 */
export async function findBlame(
  judge: JudgeText | undefined,
  { question, messages, signal }: Pick<Story, 'question' | 'messages' | 'signal'>,
  block: Block,
): Promise<Blame> {
  if (block.on === 'answer') return { block, messages: [] };
  const [own, ...others] = latestSaid(question, messages).toReversed();
  const asked: Blame = { block, messages: own ? [own.ts] : [] };
  if (!judge || others.length === 0) return asked;
  const within = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const blamed = await Promise.all([own, ...others.slice(0, mostMessages)].map((said) => policiesAgainst(judge, said, within)));
  const found = blamed.flatMap((one) => one ?? []);
  if (found.length === 0 || blamed[0]) return { ...asked, messages: [...new Set([...asked.messages, ...found.map(({ ts }) => ts)])] };
  return { block: { on: 'thread', policies: found.flatMap(({ policies }) => policies) }, messages: found.map(({ ts }) => ts) };
}

async function policiesAgainst(
  judge: JudgeText,
  said: Spoken | undefined,
  signal: AbortSignal,
): Promise<{ readonly ts: string; readonly policies: readonly Policy[] } | undefined> {
  if (!said) return undefined;
  const judged = await judge([said.text, ...said.quotes.map(({ text }) => text)].join('\n'), 'INPUT', signal);
  return judged.kind === 'blocked' ? { ts: said.ts, policies: judged.policies } : undefined;
}
