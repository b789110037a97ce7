import type { Spoken } from './spoken.ts';

/** Whether a message has more in it than the name of whom it calls. */
export function saysSomething({ text, quotes, files }: Pick<Spoken, 'text' | 'quotes' | 'files'>, botUserId: string): boolean {
  const words = text.replaceAll(`<@${botUserId}>`, '');
  return quotes.length + files.length > 0 || /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(words);
}
