/** CPU time in milliseconds. */
async function cpuOf(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** The best of some runs, as others share the processor; no more of them once it is short enough. */
async function bestOf(work: () => unknown, shortEnough: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 4 && best > shortEnough; runs += 1) best = Math.min(best, await cpuOf(work));
  return best;
}

/** Below this a difference says more about the clock, and the compiler, than about the work. */
const least = 5;

/** How many times more CPU `work` takes for a text of ten times the length: `unit` repeated to 6,000 and to 60,000 characters. */
export async function growthOf(work: (text: string) => unknown, unit: string): Promise<number> {
  const [short = '', long = ''] = [6_000, 60_000].map((length) => unit.repeat(Math.ceil(length / unit.length)));
  await work(short);
  const once = await cpuOf(() => work(long));
  if (once <= least) return 1;
  const before = Math.max(least / 10, await bestOf(() => work(short), 0));
  // Ten times the time needs no better look: another run could only be shorter.
  const grown = once <= 12 * before ? once : Math.min(once, await bestOf(() => work(long), Math.max(least, 12 * before)));
  return grown <= least ? 1 : grown / before;
}

/** Texts on which patterns that look back or ahead, and nested ones, take the square of the length, or more. */
export const nastyUnits = [
  'eyJ',
  'eyJ.',
  'eyJa.',
  '[',
  '(',
  '<',
  '>',
  ' ',
  '\n',
  '\t',
  '`',
  '*_',
  '&',
  '\ud800',
  '\u{1f600}',
  '"',
  "'",
  '\\',
  '/',
  '-',
  '=',
  ':',
  '.',
  '[[',
  '[a](',
  '![',
  '](',
  '<a',
  '<ac:parameter',
  '<![CDATA[',
  '<@A|',
  '<https://a|',
  '&#',
  '> ',
  '- ',
  '| - ',
  '1. ',
  '# ',
  '~',
  '_',
  '{',
  '0',
  'a\n',
  'a ',
  'token=',
  'password',
  '://a:',
  'a:b@',
  'Bearer ',
  'xoxb-',
  '\u200b',
  '\u2800',
  '<!',
  '<ac:macro ac:name="',
  '= (',
  '( ',
  'a@',
] as const;
