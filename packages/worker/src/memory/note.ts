import type { MemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import type { Question } from '@vera/protocol/question';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { asked } from '../thread/spoken.ts';
import { mayAskToForget } from './may-ask-to-forget.ts';
import type { Asking, Memory } from './memory.ts';
import { codeOf } from './memory-client.ts';
import { type MemoryOwner, sessionOf } from './memory-owner.ts';
import type { MemoryParts } from './memory-parts.ts';
import { ownWords } from './own-words.ts';
import { rememberedOwner } from './recall.ts';
import { sentencesOf } from './sentences-of.ts';
import { withinPatience } from './within-patience.ts';

/** Milliseconds, after the answer is there: nobody waits for it but this process. */
const patience = 5_000;

/**
 * Once a question, after it is answered: one event of the asker's own words, of which AgentCore makes memory. What others, files, tools or
 * Vera said is in none. Nothing is noted of a click, of what asks to forget or is paused, and of what was said before its owner did either.
 */
export function createNote(parts: MemoryParts): Memory['note'] {
  return async (asking) => {
    const { question, log } = asking;
    const owner = rememberedOwner(question);
    if (!owner || question.shortcut || mayAskToForget(question.text)) return;
    try {
      await withinPatience(patience, (signal) => noted(parts, owner, asking, signal));
    } catch (error) {
      log.warn('memory.not-noted', { code: codeOf(error) });
    }
  };
}

/** Keeps a text out of what is noted of its question: its asker is asked whether to keep it, and nothing is kept before they say so. */
export type Withhold = (question: Question, text: string) => Promise<void>;

export function createWithhold({ choices, forgotten }: MemoryParts): Withhold {
  return async (question, text) => {
    await choices.change(question, (now) => forgotten.withholding(now, text, saidAtOf(question)));
  };
}

async function noted(parts: MemoryParts, owner: MemoryOwner, asking: Asking, signal: AbortSignal) {
  const { events, choices, forgotten, placeOf, people } = parts;
  const { question, log } = asking;
  const saidAt = saidAtOf(question);
  const words = await ownWords(asked(question), question.botUserId, people);
  if (words === '') return;
  const { learned } = await placeOf(question);
  // Looked at last: a pause while the question was answered counts.
  const chosen = await choices.read(question);
  const text = toBeNoted(parts, chosen, { words, saidAt });
  if (text === '') return;
  if (forgotten.without(chosen, text, saidAt) !== chosen) await choices.change(question, (now) => forgotten.without(now, text, saidAt));
  signal.throwIfAborted();
  const token = `${question.id}-words-of-the-asker`;
  const session = sessionOf(learned, chosen.emptiedAt);
  const event = await events.add(owner, { session, text: shorten(text, textLimits.notedWords), saidAt, token }, signal);
  // Whoever paused or forgot while it was written looked for it in vain.
  if (toBeNoted(parts, await choices.read(question), { words, saidAt }) !== text) return void (await events.remove(owner, event));
  log.info('memory.noted', { place: learned, characters: text.length });
}

/** What was forgotten after it was said stays so; what is said after it was forgotten may be known again. */
function toBeNoted(
  { forgotten }: MemoryParts,
  chosen: MemoryChoices,
  { words, saidAt }: { readonly words: string; readonly saidAt: number },
): string {
  if (chosen.isPaused || saidAt <= chosen.notBefore) return '';
  return sentencesOf(words)
    .filter((sentence) => !forgotten.holds(chosen, sentence, saidAt) && !forgotten.isWithheld(chosen, sentence, saidAt))
    .join('\n');
}

function saidAtOf({ messageTs }: Question): number {
  return Math.round(Number(messageTs) * 1000);
}
