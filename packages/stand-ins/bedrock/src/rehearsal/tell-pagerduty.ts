import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import type { Named } from './named-in.ts';
import { lineOf, linked, momentOf, nameOf, rowsIn, worded } from './rows.ts';

/** Who is called first, until when, and who after that; of every team a line where none is named. */
export function tellOnCall(json: string, { team, period = 'now' }: Named): string {
  const turns = rowsIn(json, 'oncalls').toSorted((a, b) => Number(a.escalation_level) - Number(b.escalation_level));
  if (turns.length === 0) return `PagerDuty knows nobody who is on call ${period}.`;
  const policies = [...Map.groupBy(turns, ({ escalation_policy: policy }) => nameOf(policy) ?? 'everything')];
  const wanted = meaningsOf(team ?? '');
  const meant = policies.filter(([name]) => [...meaningsOf(name)].some((word) => wanted.has(word)));
  if (meant.length > 0) return meant.map(([name, group]) => sentencesOf(name, group, period)).join('\n\n');
  const unknown = team === undefined ? '' : `PagerDuty has no team that is called “${team}”. `;
  const lines = policies.map(([name, group]) => `- **${linkedPolicy(name, group)}**: ${[...new Set(group.map(personOf))].join(', then ')}`);
  return `${unknown}On call ${period}:\n\n${lines.join('\n')}`;
}

function sentencesOf(policy: string, group: readonly JsonObject[], period: string): string {
  const level = group[0]?.escalation_level;
  const [first, others] = [
    group.filter((turn) => turn.escalation_level === level),
    group.filter((turn) => turn.escalation_level !== level),
  ];
  const [start, end] = [momentOf(first[0]?.start), momentOf(first[0]?.end)];
  const from = /next/i.test(period) && start ? `, from ${start}` : '';
  const until = end ? `${from === '' ? ', until' : ' to'} ${end}` : '';
  // `Maya Lindqvist (levels 2 and 3)`, in the order they are called.
  const later = [...Map.groupBy(others, personOf)].map(
    ([person, turns]) => `${person} (level${turns.length > 1 ? 's' : ''} ${turns.map((turn) => turn.escalation_level).join(' and ')})`,
  );
  const then = later.length > 0 ? ` If nobody answers: ${later.join(', then ')}.` : '';
  const who = `${first.map((turn) => `**${personOf(turn)}**`).join(' and ')} ${first.length > 1 ? 'are' : 'is'}`;
  return `${who} on call for ${linkedPolicy(policy, group)} ${period} (level ${level})${from}${until}.${then}`;
}

function personOf({ user }: JsonObject): string {
  return nameOf(user) ?? 'somebody';
}

function linkedPolicy(name: string, [first]: readonly JsonObject[]): string {
  return linked(name, isJsonObject(first?.escalation_policy) ? first.escalation_policy.html_url : undefined);
}

/** Which services are not well, and that the rest is. */
export function tellServices(json: string): string {
  const services = rowsIn(json, 'services');
  const bad = services.filter(({ status }) => status !== 'active');
  const names = bad.map(({ name, html_url: url, status }) => `${linked(nameOf(name) ?? 'one', url)} (${nameOf(status) ?? 'unknown'})`);
  if (bad.length === 0) return `All ${services.length} services are well.`;
  return `Not well: ${names.join(', ')}. The other ${services.length - bad.length} services are well.`;
}

export function tellOpenIncidents(json: string): string {
  const open = rowsIn(json, 'incidents').filter(({ status }) => status !== 'resolved');
  if (open.length === 0) return 'No incident is open.';
  return `**${open.length} incident${open.length === 1 ? '** is' : 's** are'} open:\n\n${open.map((one) => lineOfIncident(one)).join('\n')}`;
}

/** The incident whose title begins with a number such as INC-482. `isTold`: since when is said already, by a document whose days do not move with the clock. */
export function tellIncident(json: string, number: string, isTold = false): string {
  const incident = rowsIn(json, 'incidents').find(({ title }) => nameOf(title)?.startsWith(number));
  return incident ? `In PagerDuty:\n\n${lineOfIncident(incident, isTold)}` : 'PagerDuty lists no such incident of the last month.';
}

function lineOfIncident(incident: JsonObject, isTold = false): string {
  const assigned = Array.isArray(incident.assignments) ? incident.assignments.filter(isJsonObject) : [];
  return lineOf(linked(nameOf(incident.title) ?? '(no title)', incident.html_url), [
    nameOf(incident.status),
    incident.urgency === undefined ? undefined : `${incident.urgency} urgency`,
    worded('priority ', incident.priority),
    worded('on ', incident.service),
    ...assigned.map(({ assignee }) => worded('with ', assignee)),
    isTold ? undefined : worded('since ', momentOf(incident.created_at)),
  ]);
}

/** An incident that an answer told of. */
export interface ToldIncident {
  readonly title: string;
  readonly facts: readonly string[];
  readonly url?: string;
}

/** Reads again what an answer told of incidents: `• *Title (https://…)*: fact, fact`, in Markdown, in Slack's form, or as a person reads it. */
export function incidentsIn(answer: string): ToldIncident[] {
  return answer.split('\n').flatMap((line) => {
    const plain = line.replace(/<https?:[^|>]*\|([^>]*)>|\[([^\]]*)\]\(https?:[^)]*\)/g, '$1$2').replace(/\s*\(https?:[^\s)]*\)/g, '');
    const [, title = '', told = ''] = /^\s*[-•*]\s+\*{1,2}(.+?)\*{1,2}:\s*(.*\burgency\b.*)$/.exec(plain) ?? [];
    const url = /https?:\/\/[^\s|>)\]]+/.exec(line)?.[0];
    return title === '' ? [] : [{ title, facts: told.split(/,\s+(?!\d)/), ...(url ? { url } : {}) }];
  });
}
