/** What may still be of the last version while a deployment goes through the stacks. */
export type Part = 'worker' | 'receiver' | 'sweeper';

interface Unpromised {
  /** Whose act it is: known only of a time at which one of these is still of the last version. */
  readonly by: readonly Part[];
  /** How the simulation tells that it was broken, to the last word. */
  readonly kinds: readonly RegExp[];
  readonly why: string;
}

/** What the last version did not promise yet. All of it shows, too, where every part is of that version, or is what comes of that. */
const unpromised: Readonly<Record<string, readonly Unpromised[]>> = {
  '0.1.0': [
    {
      by: ['receiver'],
      kinds: [
        /^a yes to … counts, and … (?:had other words|was deleted|was stopped) before$/,
        /^… has a card that waits, and … (?:had other words|was deleted|was stopped) before$/,
      ],
      why: 'it takes an edit, a deletion or a stop, and a yes, without a look at the cards of what it was folded into',
    },
    {
      by: ['receiver'],
      // Not what is on record, which this version's worker looks for before it does anything.
      kinds: [/^… was (?:deleted|stopped), and something is done for it since$/, /^… asks a model long after it was (?:stopped|deleted)$/],
      why: 'of what is over it keeps no deletion, it marks no stop that overtakes its question, nor tells a question of what was taken into it: the worker cannot know',
    },
    {
      by: ['worker'],
      kinds: [/^a yes to … counts, and … had other words before$/, /^… has a card that waits, and … had other words before$/],
      why: 'none of its cards says for which words it is',
    },
    {
      by: ['worker'],
      kinds: [/^… asks a model long after it was (?:stopped|deleted)(?:, as is on record)?$/],
      why: 'it looks once for a stop that overtook its question',
    },
    { by: ['receiver', 'worker'], kinds: [/^… was stopped, and answered long after$/], why: 'as above: of both' },
    {
      by: ['receiver', 'worker'],
      kinds: [/^… was answered in older words, and nobody is told$/],
      why: 'the line under such an answer is new',
    },
    {
      by: ['receiver', 'worker', 'sweeper'],
      kinds: [/^a message says that somebody thinks$/, /^it looks as if somebody were at work$/],
      why: 'what a process showed that died, or is not told of the end, stays until the next answer in the thread',
    },
    {
      by: ['worker', 'sweeper'],
      kinds: [/^…: a card says “Create …: expired”, and it is expired$/],
      why: 'of one that was stopped its plain text says expired, as of one that ran out: nothing was changed in either',
    },
    {
      by: ['worker', 'sweeper'],
      kinds: [/^… waits, and nothing before it is worked on$/],
      why: 'that nobody waits behind a card, and that what was taken into something lost is brought back at once, is new: both came within fifteen minutes',
    },
  ],
};

/** Whether the last version did not promise what was broken, while these parts are of that version. */
export function isUnpromised(kind: string, version: string, old: readonly Part[]): boolean {
  const known = (unpromised[version] ?? []).filter(({ by }) => by.some((part) => old.includes(part)));
  return known.some(({ kinds }) => kinds.some((words) => words.test(kind)));
}
