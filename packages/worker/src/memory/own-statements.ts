import { bareLetters } from './bare-letters.ts';
import { clausesOf, sentencesOf } from './sentences-of.ts';
import { saysAnything, spokenWithI, tellingWords } from './telling-words.ts';

/**
 * What somebody states of themselves in a text: sentences, and clauses of them. A question, a condition and a request state nothing, however much
 * they have in common with what was once said. Where it cannot be told, as in languages that need no “I”, a sentence counts.
 */
export function ownStatements(text: string): readonly OwnStatement[] {
  return sentencesOf(text)
    .filter((sentence) => !asks.test(sentence) && !supposes.test(sentence))
    .flatMap((sentence) => [sentence, ...clausesOf(sentence)])
    .filter(isOwn)
    .map((words) => ({
      words,
      isOfI: /^(?:i|we|ich|wir|je|j|nous|yo|io|eu|ik|jag|jeg|я|мы)$/.test(speaks.exec(bareLetters(words))?.[0] ?? ''),
    }));
}

export interface OwnStatement {
  readonly words: string;
  /** Whether “I” does what it says. Of “my …” whatever belongs to them may do it. */
  readonly isOfI: boolean;
}

const asks =
  /[?？؟]$|^(?:who|whose|what|which|where|when|why|how|wer|was|wo|wann|warum|wieso|wie|welche[rs]?|(?:am|is|are|do|does|did|have|had|was|were|can|could|should|will|would|may|must|shall) (?:i|we|my|our|it|there))(?!\p{L})/iu;
const supposes = /(?<!\p{L})(?:if|whether|unless|suppose|supposing|assume|assuming|wenn|falls|ob|angenommen)(?!\p{L})/iu;
const speaks =
  /(?<![\p{L}\p{N}])(?:i|my|mine|me|we|our|us|ich|mein|meine[nmrs]?|mir|mich|wir|unser\p{L}*|uns|je|j|mon|ma|mes|moi|nous|notre|nos|yo|mi|mis|mio|mia|io|eu|meu|minha|ik|mijn|jag|jeg|min|mitt|mit|я|мой|моя|мое|мои|у меня)(?![\p{L}\p{N}])/u;

function isOwn(words: string): boolean {
  const bare = bareLetters(words);
  const { index } = speaks.exec(bare) ?? {};
  // Behind a word that says something it is an object: “check that I …”.
  if (index !== undefined) return !saysAnything(asWritten(words, index));
  return tellingWords(words).size > 1 && !(bare.match(/\p{L}+/gu) ?? []).some((word) => spokenWithI.has(word));
}

/** What of a text comes to so many of its bare letters: `ß` is two of them, a sign over a letter none. */
function asWritten(text: string, bareLength: number): string {
  let [length, written] = [0, ''];
  for (const letter of text) {
    length += bareLetters(letter).length;
    if (length > bareLength) break;
    written += letter;
  }
  return written;
}
