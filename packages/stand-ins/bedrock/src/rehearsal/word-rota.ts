import { type Fields, isFields } from './records-in.ts';
import { nameOf } from './telling.ts';
import { wordMoment } from './word-moment.ts';

interface Turn {
  readonly policy: string;
  readonly url: string | undefined;
  readonly level: number;
  readonly person: string;
  readonly until: string | undefined;
}

/** Who is called first, until when, and who after that, for each policy; undefined when the rows are no turns of duty. */
export function wordRota(rows: readonly Fields[]): string | undefined {
  const turns = rows.flatMap(turnIn);
  if (turns.length === 0 || turns.length < rows.length) return undefined;
  const policies = [...Map.groupBy(turns, ({ policy }) => policy).values()].map((group) => group.toSorted((a, b) => a.level - b.level));
  if (policies.length === 1) return policies.map(sentencesOf).join('');
  return ['On call now:', policies.map((group) => `- ${lineOf(group)}`).join('\n')].join('\n\n');
}

function turnIn({ escalation_policy: policy, escalation_level: level, user, end }: Fields): Turn[] {
  const person = nameOf(user);
  if (typeof level !== 'number' || person === undefined) return [];
  const url = isFields(policy) && typeof policy.html_url === 'string' ? policy.html_url : undefined;
  return [{ policy: nameOf(policy) ?? 'this', url, level, person, until: wordMoment(end) }];
}

function sentencesOf(group: readonly Turn[]): string {
  const [first] = group;
  if (!first) return '';
  const now = group.filter(({ level }) => level === first.level);
  const next = laterOf(group, now);
  const who = now.map(({ person }) => `**${person}**`).join(' and ');
  const until = first.until ? `, until ${first.until}` : '';
  const then = next.length > 0 ? ` If nobody answers: ${next.join(', then ')}.` : '';
  return `${who} ${now.length > 1 ? 'are' : 'is'} on call for ${titleOf(first)} now (level ${first.level})${until}.${then}`;
}

function lineOf(group: readonly Turn[]): string {
  const [first] = group;
  if (!first) return '';
  const names = [...new Set(group.map(({ person }) => person))];
  return `**${titleOf(first)}**: ${names.join(', then ')}`;
}

/** `Maya Lindqvist (levels 2 and 3)`, in the order they are called. */
function laterOf(group: readonly Turn[], now: readonly Turn[]): string[] {
  const later = group.filter((turn) => !now.includes(turn));
  const people = Map.groupBy(later, ({ person }) => person);
  return [...people].map(([person, turns]) => {
    const levels = turns.map(({ level }) => level);
    return `${person} (${levels.length > 1 ? 'levels' : 'level'} ${levels.join(' and ')})`;
  });
}

function titleOf({ policy, url }: Turn): string {
  return url ? `[${policy}](${url})` : policy;
}
