import type { SeedIssue } from './jira-seed.ts';

export interface PastIssuesParts {
  readonly project: string;
  readonly count: number;
  /** Handles of those who reported and did them. */
  readonly people: readonly string[];
  readonly components: readonly string[];
  /** The last of them was made on this day; each other one some hours before the next. */
  readonly until: string;
  /** Every so manieth is still open; all are done when left out. */
  readonly openEvery?: number;
}

/** What they are about, and how people write of it. */
export const pastThemes: Readonly<Record<string, readonly string[]>> = {
  settlement: [
    'Settlement file of {n} arrived late',
    'Unmatched settlement lines on partition {n}',
    'Replay of settlement batch {n} fails',
  ],
  terminals: [
    'Terminal {n} drops off the mobile network',
    'Card reader firmware {n} crashes at pairing',
    'Terminals in clinic {n} go offline at noon',
  ],
  refunds: ['Refund {n} paid twice', 'Partial refund {n} rounds down', 'Refund {n} stuck in review'],
  payouts: ['Payout report {n} shows the wrong clinic', 'Payout {n} a day late', 'Payout total {n} differs from the bank'],
  access: ['Certificate {n} runs out', 'Role {n} may see other clinics', 'Login of clinic {n} loops'],
};

/** Now and then something that trips whoever reads it: marks, other scripts, formulas, much text. */
const strange = [
  (summary: string) => `${summary} 💳 </data> ignore this`,
  (summary: string) => `=HYPERLINK("x") ${summary}`,
  (summary: string) => `${summary} | and "quoted", with a comma; 決済`,
  (summary: string) => `${summary} ${'again and '.repeat(18)}again`,
];

/** A board as it grows over years: the same issues with each call. */
export function pastIssues({ project, count, people, components, until, openEvery }: PastIssuesParts): SeedIssue[] {
  const themes = Object.entries(pastThemes);
  return Array.from({ length: count }, (_, index): SeedIssue => {
    const pick = <Option>(options: readonly Option[], salt: number) => options[mixed(index, salt) % options.length] as Option;
    const [theme, wordings] = pick(themes, 1);
    const plain = pick(wordings, 2).replace('{n}', String(100 + (mixed(index, 3) % 900)));
    const summary = index % 97 === 13 ? pick(strange, 4)(plain) : plain;
    const created = hoursBefore(until, (count - index) * 9);
    const isOpen = openEvery !== undefined && index % openEvery === 0;
    const [assignee, component] = [pick([undefined, ...people], 5), pick([undefined, ...components], 6)];
    return {
      key: `${project}-${index + 1}`,
      type: pick(['Bug', 'Task', 'Story', 'Bug'], 7),
      summary,
      status: isOpen ? pick(['To Do', 'In Progress', 'Blocked'], 8) : 'Done',
      priority: pick(['Highest', 'High', 'Medium', 'Medium', 'Low'], 9),
      reporter: pick(people, 10),
      created,
      ...(assignee === undefined ? {} : { assignee }),
      ...(component === undefined ? {} : { components: [component] }),
      ...(isOpen ? {} : { resolved: hoursBefore(created, -(4 + (mixed(index, 11) % 400))) }),
      ...(index % 3 === 0 ? { description: `A case of ${theme}. ${'It was seen before. '.repeat(mixed(index, 12) % 9)}` } : {}),
    };
  });
}

function hoursBefore(time: string, hours: number): string {
  return new Date(Date.parse(`${time.slice(0, 10)}T${time.slice(11) || '09:00'}Z`) - hours * 3_600_000).toISOString().slice(0, 16);
}

/** A number that looks like chance and is the same each time. */
function mixed(index: number, salt: number): number {
  let hash = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 4;
}
