/** CPU time in milliseconds: the best of some runs, as others share the processor. */
async function cpuOf(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 4 && (runs === 0 || best < enough); runs += 1) {
    const begun = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(begun);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** Of what takes so long, one run says it. */
const enough = 500;
/** Below this a difference says more about the clock, and the compiler, than about the work. */
const least = 5;

/** How many times more CPU `work` takes for a text of ten times the length: `unit` repeated to 6,000 and to 60,000 characters. */
export async function growthOf(work: (text: string) => unknown, unit: string): Promise<number> {
  const [short = '', long = ''] = [6_000, 60_000].map((length) => unit.repeat(Math.ceil(length / unit.length)));
  await work(short);
  const grown = await cpuOf(() => work(long));
  return grown <= least ? 1 : grown / Math.max(least / 10, await cpuOf(() => work(short)));
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
