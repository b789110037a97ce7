import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import { type ChangeRequest, capitalised } from './change-request.ts';
import { type Conversation, hasTool, type Outcome } from './conversation.ts';
import { nameOf, plainName, rowsIn } from './rows.ts';
import type { Call } from './scene.ts';
import { projectsTool } from './stories.ts';
import { incidentsIn, type ToldIncident } from './tell-pagerduty.ts';

/** `look-up`: something has to be known first. `ask`: nobody but the person knows it. */
export type PlannedChange = { readonly kind: 'call' | 'look-up'; readonly call: Call } | { readonly kind: 'ask'; readonly words: string };

/** What to do about a request to change something: what it leaves open is taken from the thread, looked up, or asked for. */
export function planChange({ tool, input, about }: ChangeRequest, conversation: Conversation): PlannedChange {
  if (!hasTool(conversation, tool)) return { kind: 'ask', words: `This takes my tool **${plainName(tool)}**, and I do not have it here.` };
  if (about === undefined) {
    const issue = input.issue ?? issueInThread(conversation);
    return issue === undefined ? unknown('key') : { kind: 'call', call: { name: tool, input: { ...input, issue } } };
  }
  const listed = conversation.outcomes.find(({ name }) => name === projectsTool);
  if (!input.project && !listed && hasTool(conversation, projectsTool)) return { kind: 'look-up', call: { name: projectsTool, input: {} } };
  const subject = subjectOf(about, conversation);
  if (!subject) return unknown('summary');
  const projects = rowsIn(listed?.text ?? '', 'values').filter(({ key }) => typeof key === 'string');
  const found = projectFor(subject, conversation, projects);
  const project = input.project ?? nameOf(found?.key);
  const known = projects.map(({ key, name }) => `${key} (${nameOf(name) ?? key})`).join(', ');
  if (project === undefined) return unknown('project', known === '' ? '' : ` I know ${known}.`);
  const priority = input.priority ?? (subject.facts.includes('high urgency') ? 'High' : undefined);
  const [summary, description] = [subject.title, descriptionOf(subject)];
  const ticket = { project, issue_type: typeFor(input.issue_type, subject, found), summary, description };
  return { kind: 'call', call: { name: tool, input: { ...ticket, ...(priority ? { priority } : {}) } } };
}

function unknown(what: string, hint = ''): PlannedChange {
  return { kind: 'ask', words: `I can do that, but I do not know the ${what}.${hint} Please say it again with that in it.` };
}

/** The issue that was linked last, else the one that somebody named last: other keys in an answer may be of anything. */
function issueInThread({ answers, earlier }: Conversation): string | undefined {
  const linked = answers.flatMap((text) => [...text.matchAll(/\/browse\/([A-Z][A-Z0-9]+-\d+)/g)].map(([, key]) => key));
  return linked.at(-1) ?? earlier.flatMap(({ text }) => text.match(/\b(?!INC-)[A-Z][A-Z0-9]+-\d+\b/g) ?? []).at(-1);
}

const aside = /,?\s*\b(?:in|to) (?:the )?(?:project )?[A-Z][A-Z0-9]{1,9}\b|,?\s*\bwith \w+ priority|,?\s*\bplease\b|["”\s]+$/g;
const connector = /^[\s:,]*(?:(?:about|for|on|of|regarding|because of|titled|called|that|saying)\s+)?["“]?/i;
const pointing = /^(?:it|this|that|them|these|(?:the|this|that) (?:first|last|incident|alert|problem|outage|issue))?$/i;

/** What a ticket is about: its own words, or the incident of the thread that they, or "it", point to. */
function subjectOf(about: string, { answers, earlier }: Conversation): ToldIncident | undefined {
  const own = about.replace(aside, '').replace(connector, '');
  const incidents = answers.toReversed().flatMap(incidentsIn);
  const words = [...meaningsOf(own)];
  const isMeant = ({ title, facts }: ToldIncident) =>
    words.filter((word) => meaningsOf(`${title} ${facts}`).has(word)).length > words.length / 2;
  const said = pointing.test(own) ? earlier.at(-1)?.text : own.replace(/^(?:the|an?)\s+/i, '');
  const known = pointing.test(own) ? incidents[0] : incidents.find(isMeant);
  return known ?? (said ? { title: capitalised(said.slice(0, 200)), facts: [] } : undefined);
}

/** The facts as lines, the way somebody would fill in a ticket. */
function descriptionOf({ title, facts, url = '' }: ToldIncident): string {
  const lines = facts.map((fact) => `- ${capitalised(fact)}`).join('\n');
  return [title, lines, url].filter((part) => part !== '').join('\n\n');
}

/** The project that speaks of what the subject speaks of; undefined when none does, or two as much. */
function projectFor(subject: ToldIncident, thread: Conversation, projects: readonly JsonObject[]): JsonObject | undefined {
  const about = meaningsOf(`${subject.title} ${subject.facts}`);
  const around = meaningsOf([...thread.earlier.map(({ text }) => text), ...thread.answers].join('\n'));
  const weightOf = ({ key, name, description, components }: JsonObject) => {
    const words = [...meaningsOf([key, name, description, ...namesIn(components)].join(' '))];
    return words.filter((word) => about.has(word)).length * 3 + words.filter((word) => around.has(word)).length;
  };
  const [first, second] = projects.map((project) => ({ project, weight: weightOf(project) })).sort((a, b) => b.weight - a.weight);
  return first && first.weight > (second?.weight ?? 0) ? first.project : undefined;
}

/** The type that was said or that fits, where the project has it; else its own first. */
function typeFor(said: string | undefined, { facts }: ToldIncident, project: JsonObject | undefined): string | undefined {
  const types = namesIn(project?.issueTypes);
  const wanted = said ?? (facts.length > 0 ? 'Bug' : 'Task');
  return types.length === 0 || types.includes(wanted) ? wanted : types[0];
}

function namesIn(parts: unknown): string[] {
  const objects = Array.isArray(parts) ? parts.filter(isJsonObject) : [];
  return objects.filter(({ subtask }) => subtask !== true).flatMap((part) => nameOf(part) ?? []);
}

/** What is said to a model, and not to a person. */
const forModels =
  /^(?:\w*Error: )?(?:Approved and done\.\s*)?|\s*Do not propose it again\b.*$|\s*Link for the answer:|\bSay so in the answer\.\s*/gs;

/** What came of a change, in a sentence or two with its link. */
export function tellChange({ text, failed }: Outcome): string {
  const told = text.replace(forModels, ' ').replace(/\s+/g, ' ').trim();
  if (!failed) return withLink(told);
  if (told.startsWith('Approved, but it failed')) return `It was ${told.charAt(0).toLowerCase()}${told.slice(1)}`;
  if (told.startsWith('Nobody approved this in time'))
    return 'Nothing was changed: nobody decided in time. Ask again, and I will propose it anew.';
  if (told.startsWith('Denied: nothing was changed.')) {
    const why = /The reason given:\s*(.+?)[.!]?$/.exec(told)?.[1];
    return `Nothing was changed: it was denied${why ? `, with the reason “${why}”` : ''}.`;
  }
  if (!told.startsWith('Approved and begun, but it is not known')) return `That did not work: ${told}`;
  const system = /\blook in ([\w ]{1,40}?) first\b/.exec(text)?.[1] ?? 'the tool itself';
  return `I do not know whether it was done. Please look in ${system} before you ask again.`;
}

/** The sentence with its link: at the name that stands for it where it is said, else behind. */
function withLink(text: string): string {
  const [whole = '', title = '', url = ''] = /\[([^\]]*)\]\((https?:[^)]*)\)/.exec(text) ?? [];
  const told = text.replace(whole, '').trim() || 'Done';
  const ended = /[.!?…]$/.test(told) ? told : `${told}.`;
  if (url === '') return ended;
  return ended.includes(title) ? ended.replace(title, () => `[${title}](${url})`) : `${ended} [${title}](${url})`;
}
