import type { Known } from './known.ts';

/** By whose rights tools looked into other systems, a sentence part each; who a change is made as is told with the change. */
export function rightsOf({ lines }: Pick<Known, 'lines'>): readonly string[] {
  const called = lines.flatMap(({ entry }) => (entry?.event === 'tool.called' ? [entry] : []));
  return Object.entries(whose).flatMap(([as, words]) => {
    const tools = [...new Set(called.filter((entry) => entry.as === as).map(({ tool }) => String(tool)))].sort();
    return tools.length === 0 ? [] : [`${tools.join(', ')} by ${words}`];
  });
}

const whose: Readonly<Record<string, string>> = {
  company: 'the company’s key',
  asker: 'the account of who asked',
};
