import type { Known } from './known.ts';

/** With whose rights tools looked into other systems, a sentence each; that of a change is told with the change. */
export function rightsOf({ lines }: Pick<Known, 'lines'>): readonly string[] {
  const called = lines.flatMap(({ entry }) => (entry?.event === 'tool.called' ? [entry] : []));
  return Object.entries(whose).flatMap(([as, words]) => {
    const tools = [...new Set(called.filter((entry) => entry.as === as).map(({ tool }) => String(tool)))].sort();
    return tools.length === 0 ? [] : [`${words}: ${tools.join(', ')}`];
  });
}

const whose: Readonly<Record<string, string>> = {
  company: 'with the company’s key',
  asker: 'as who asked, with their own account',
};
