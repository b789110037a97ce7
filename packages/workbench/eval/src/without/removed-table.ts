import type { WithoutReport } from './play-without.ts';
import type { Sentence } from './sentences.ts';

const header = `# What each sentence is there for

Written by \`pnpm eval --without\`. A scripted model that obeys what it reads, and nothing else, plays the cases that go by a sentence; then it
plays them without that sentence. "fails" says which case notices, and by what. Of the others no code and no case notices anything: whether they do any good
shows with a live model only (\`pnpm eval --record --model ID\`).

| where | sentence | without it |
|---|---|---|
`;

/** A row a sentence of ours, those that some case notices first. */
export function removedTable(cases: readonly (WithoutReport & { readonly name: string })[]): string {
  const sentences = new Map(
    cases.toReversed().flatMap(({ told }) => told.filter(isOurs).map((sentence) => [sentence.text, sentence] as const)),
  );
  const rows = [...sentences.values()].map(({ where, text }) => {
    const found = cases.flatMap(({ name, removed }) =>
      removed.filter((one) => one.text === text && one.complaint !== undefined).map(({ complaint = '' }) => ({ name, complaint })),
    );
    const first = found[0];
    const words = first ? `fails: “${first.name}” (${plain(first.complaint).slice(0, 90)})` : 'live only';
    return { isNoticed: first !== undefined, row: `| ${where} | ${plain(text)} | ${words} |` };
  });
  const sorted = rows.toSorted((one, other) => Number(other.isNoticed) - Number(one.isNoticed) || (one.row < other.row ? -1 : 1));
  return `${header}${sorted.map(({ row }) => row).join('\n')}\n\n${rows.filter(({ isNoticed }) => isNoticed).length} of ${rows.length} are noticed.\n`;
}

/** What the company's systems say of their own tools is theirs. */
function isOurs({ where }: Sentence): boolean {
  return !where.startsWith('gateway_');
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
