import { shorten, textLimits } from '@vera/protocol/shorten';
import { asked } from '../thread/spoken.ts';
import { asksToForget } from './asks-to-forget.ts';
import type { Asking, Memory } from './memory.ts';
import { codeOf } from './memory-client.ts';
import type { MemoryOwner } from './memory-owner.ts';
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
    if (!owner || question.shortcut || asksToForget(question.text)) return;
    try {
      await withinPatience(patience, (signal) => noted(parts, owner, asking, signal));
    } catch (error) {
      log.warn('memory.not-noted', { code: codeOf(error) });
    }
  };
}

async function noted(
  { events, choices, forgotten, placeOf, people }: MemoryParts,
  owner: MemoryOwner,
  asking: Asking,
  signal: AbortSignal,
) {
  const { question, log } = asking;
  const saidAt = Math.round(Number(question.messageTs) * 1000);
  const words = await ownWords(asked(question), question.botUserId, people);
  if (words === '') return;
  const { learned } = await placeOf(question);
  // Looked at last: a pause while the question was answered counts.
  const chosen = await choices.read(question);
  if (chosen.isPaused || saidAt <= (chosen.unnotedUntil ?? 0)) return;
  // What was forgotten after it was said stays so; what is said after it was forgotten may be known again.
  const text = sentencesOf(words)
    .filter((sentence) => !forgotten.holds(chosen, sentence, saidAt))
    .join('\n');
  if (text === '') return;
  if (forgotten.without(chosen, text, saidAt) !== chosen) await choices.change(question, (now) => forgotten.without(now, text, saidAt));
  signal.throwIfAborted();
  const token = `${question.id}-words-of-the-asker`;
  await events.add(owner, { place: learned, text: shorten(text, textLimits.notedWords), saidAt, token }, signal);
  log.info('memory.noted', { place: learned, characters: text.length });
}
