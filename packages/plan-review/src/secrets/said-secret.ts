import { isSecretName } from '@vera/service-kit/secret-names';
import { isReference } from './secret-under.ts';

/**
 * Whether a sentence tells a secret: `password x1`, `the JWT key is x1`. Sentences speak of passwords and tokens as well, so what follows the name must be
 * no word, and what stands elsewhere in the sentence must look like chance. In brackets stands which resource it is about.
 */
export function saysSecret(sentence: string): boolean {
  const words = wordsOf(sentence.replace(/\([^()]*\)/g, ' '));
  const names = words.flatMap((word, at) => (isName(word, words[at - 1]) ? [at] : []));
  return (
    names.some((at) => isNoWord(words[nextOf(words, at)])) || (names.length > 0 && words.some((word, at) => isChance(word, words[at - 1])))
  );
}

/** Whether a line is told by the one before it, which ends with the name of a secret: a list of arguments, a block. */
export function isToldBefore(line: string, before: string): boolean {
  const [, option = '', name = ''] =
    /(?:^|[\s[("'])(?:-{1,2}([\w-]{1,80})["']?,?|([\w-]{1,80})["']?\s*(?:[:=]|=>|is)\s*[|>([{]?[+-]?)$/.exec(before) ?? [];
  return /^(?:["'\x60]|\S+$)/.test(line) && isSecretName(option || name);
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/[\s,;[\]{}<>]+/).filter((word) => word !== '');
}

function bare(word: string): string {
  return word.replace(/^["'`“]+|["'`”.:!?]+$/g, '');
}

/** By one word or two: `password`, `JWT key`. An address of Terraform's, a path, an ARN name a resource. */
function isName(word: string, before = ''): boolean {
  const [one, two] = [bare(word), bare(before)];
  return /^[\w-]{1,80}$/.test(one) && (isSecretName(one) || (/^[\w-]{1,40}$/.test(two) && isSecretName(`${two} ${one}`)));
}

function nextOf(words: readonly string[], at: number): number {
  let next = at + 1;
  while (next < words.length && /^(?:is|are|was|were|of|to|the|value|set|being|now|as|by|[=:]|=>)$/i.test(bare(words[next] ?? '') || '='))
    next++;
  return next;
}

function isNoWord(word = ''): boolean {
  const said = bare(word);
  if (isReference(said) || isNameOfThing(said)) return false;
  return /["'`]/.test(word.slice(0, 1)) ? said.length > 3 && !isName(word) : /\d/.test(said) && said.length > 3;
}

/** Letters of both cases and digits in one run. */
function isChance(word: string, before = ''): boolean {
  const said = bare(word);
  const isCalled = /id:?$/i.test(before) || isNameOfThing(said) || isReference(said);
  return !isCalled && said.length >= 10 && /\d/.test(said) && /[a-z]/.test(said) && /[A-Z]/.test(said.slice(1)) && !said.includes('/');
}

/** An id, an address of Terraform's, a version, a file, a place. */
function isNameOfThing(said: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$|^arn:|^(?:aws|null|data|module|var|local)[_.]|\.(?:json|tf|ts)\b|^v?\d+(?:\.\d+)+$|^[a-z]{2}(?:-[a-z]+)+-\d$|^\d{1,4}$/.test(
    said,
  );
}
