import type { Source } from './sources.ts';

const word = /\b(?:superseded|obsolete|deprecated|outdated)\b/i;
const banner = /^\s*>?\s*[*_]*(?:superseded|obsolete|deprecated|outdated)\b/i;

/** Tells which sources another document took the place of; none when the question asks for what was. */
export function supersededAmong(question: string, sources: readonly Source[]): (source: Source) => boolean {
  const documents = new Set(sources.filter(({ title, text }) => word.test(title) || banner.test(text)).map(documentOf));
  const asksForOld = (source: Source) =>
    word.test(question) ||
    /\b(?:old|former|formerly|previous|used to)\b/i.test(question) ||
    yearsIn(source.title).some((year) => question.includes(year));
  return (source) => documents.has(documentOf(source)) && !asksForOld(source);
}

function documentOf({ title }: Source): string {
  return title.split(' › ')[0] ?? title;
}

function yearsIn(text: string): string[] {
  return text.match(/\b(?:19|20)\d\d\b/g) ?? [];
}
