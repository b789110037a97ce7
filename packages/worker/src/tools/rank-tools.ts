import type { Tool } from './tool.ts';

type Words = Pick<Tool, 'name' | 'title' | 'description'>;

/** The usual constants of BM25: how soon more of a word counts no more, and how much a long description counts against. */
const [saturation, lengthPenalty] = [1.2, 0.75];
/** A word of the name tells more than one of the description. */
const nameWeight = 4;

/** Tools by how well their names and descriptions fit a query (BM25), best first; what fits equally in the order of names. */
export function rankTools<Ranked extends Words>(tools: readonly Ranked[], query: string): Ranked[] {
  const documents = tools.map((tool) => ({ tool, words: wordsOfTool(tool) }));
  const lengths = documents.map(({ words }) => [...words.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const wanted = [...new Set(wordsIn(query))].map((word) => {
    const holders = documents.filter(({ words }) => words.has(word)).length;
    return { word, rarity: Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5)) };
  });
  const scored = documents.map(({ tool, words }, index) => {
    const norm = saturation * (1 - lengthPenalty + (lengthPenalty * (lengths[index] ?? 0)) / Math.max(1, average));
    const score = wanted.reduce((sum, { word, rarity }) => {
      const count = words.get(word) ?? 0;
      return sum + (rarity * count * (saturation + 1)) / (count + norm);
    }, 0);
    return { tool, score: query.includes(tool.name) ? Number.POSITIVE_INFINITY : score };
  });
  return scored.sort((one, other) => other.score - one.score || (one.tool.name < other.tool.name ? -1 : 1)).map(({ tool }) => tool);
}

function wordsOfTool({ name, title, description }: Words): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const word of wordsIn(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  add(`${name} ${title}`, nameWeight);
  add(description, 1);
  return counts;
}

/** `createJiraIssues` and "Create a Jira issue" have the same words; an ending of the plural counts for nothing. */
function wordsIn(text: string): string[] {
  const words =
    text
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word));
}
