import { typedIn } from '@vera/protocol/typed-words';
import type { People } from '../thread/people.ts';
import { mentionedUsers, toReadableText, withoutAddress } from '../thread/read-conversation.ts';
import type { Spoken } from '../thread/spoken.ts';

/**
 * What somebody says in a message in their own words, as a person reads it. Left out is what others say in it: what they forward, attach,
 * quote or paste as code, within a line as well: there only a name, which holds no blank, is their own. Empty where nothing is left.
 */
export async function ownWords(
  { text, typed = text }: Pick<Spoken, 'text' | 'typed'>,
  botUserId: string,
  people: Pick<People, 'name'>,
): Promise<string> {
  const own = withoutAddress(typedIn(typed).replace(codeSpan, unlessName), botUserId);
  const names = new Map(await Promise.all(mentionedUsers(own).map(async (id) => [id, await people.name(id)] as const)));
  const words = toReadableText(own, (id) => names.get(id) ?? 'someone').trim();
  return saysSomething(words) ? words : '';
}

const codeSpan = /`([^`\n]*)`/g;

function unlessName(span: string, code: string): string {
  return /\s/.test(code.trim()) ? ' ' : span;
}

/** Letters or digits, beside the names of emoji. */
function saysSomething(words: string): boolean {
  return /[\p{L}\p{N}]/u.test(words.replace(/:[a-z0-9_+-]+:/g, ''));
}
