import { type Fields, isFields } from './records-in.ts';
import { wordMoment } from './word-moment.ts';

/** What of an object people want to read. */
export interface Telling {
  readonly title: string;
  readonly url?: string;
  readonly status?: string;
  /** Short facts, such as `high urgency` and `on terminal-gateway`. */
  readonly facts: readonly string[];
  /** A longer text, such as a description or an excerpt. */
  readonly text?: string;
}

/** Of each object: its name, state and address and who and when, out of all its keys. */
export function tellingOf(row: Fields, base = ''): Telling {
  const all = { ...row, ...(isFields(row.fields) ? row.fields : {}) };
  const named = firstName(all, ['title', 'name', 'summary', 'displayName', 'subject', 'label', 'email']);
  const key = typeof all.key === 'string' && all.key !== named ? all.key : undefined;
  const text = textOf(all);
  // What has no name was said by somebody, as a comment was.
  const author = named === undefined && text !== undefined ? nameOf(all.author ?? all.user) : undefined;
  const title = [key, named ?? author].filter((part) => part !== undefined).join(' ') || nameOf(all.id) || '(without a name)';
  const status = nameOf(all.status);
  const url = urlOf(all, base);
  if (author !== undefined) return { title: author, facts: [wordMoment(all.created_at ?? all.created) ?? ''], text: text ?? '' };
  return {
    title,
    facts: factsOf(all),
    ...(status && status !== 'current' ? { status: status.toLowerCase() } : {}),
    ...(url ? { url } : {}),
    ...(text ? { text } : {}),
  };
}

function factsOf(all: Fields): string[] {
  const people = [all.assignee, all.lead, all.user, all.author, ...assigneesIn(all.assignments)].flatMap((person) => nameOf(person) ?? []);
  const urgency = nameOf(all.urgency);
  const facts = [
    urgency && `${urgency} urgency`,
    prefixed('priority', nameOf(all.priority)),
    nameOf(all.issuetype) ?? nameOf(all.issueType),
    prefixed('on', nameOf(all.service)),
    [...new Set(people)]
      .slice(0, 3)
      .map((name) => `with ${name}`)
      .join(', '),
    prefixed('since', wordMoment(all.created_at)),
    prefixed('due', wordMoment(all.duedate)),
    all.created_at ? undefined : prefixed('updated', wordMoment(all.updated ?? all.lastModified)),
  ];
  return facts.filter((fact): fact is string => fact !== undefined && fact !== '');
}

function prefixed(words: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${words} ${value}`;
}

function firstName(all: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => nameOf(all[name])).find((value) => value !== undefined);
}

/** A value that is a name, or an object's own name. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.replace(/\s+/g, ' ').trim();
  if (typeof value === 'number') return String(value);
  if (!isFields(value)) return undefined;
  return firstName(value, ['displayName', 'summary', 'name', 'title', 'value']);
}

function assigneesIn(assignments: unknown): unknown[] {
  return Array.isArray(assignments) ? assignments.flatMap((one) => (isFields(one) ? [one.assignee] : [])) : [];
}

function urlOf(all: Fields, base: string): string | undefined {
  const address = [all.html_url, all.web_url, all.webUrl, all.url, all.link].find((value) => typeof value === 'string' && value !== '');
  if (typeof address !== 'string') return undefined;
  if (/^https?:\/\//.test(address)) return address;
  return address.startsWith('/') && base !== '' ? `${base}${address}` : undefined;
}

const longestText = 600;

function textOf(all: Fields): string | undefined {
  const text = [all.content, all.body, all.description, all.excerpt, all.note].map(plainText).find((value) => value !== '') ?? '';
  if (text === '' || text === nameOf(all.title) || text === nameOf(all.summary)) return undefined;
  return text.length <= longestText ? text : `${text.slice(0, text.lastIndexOf(' ', longestText))} …`;
}

/** Text, also of Atlassian's document format; parts of a paragraph in one line. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value.replace(/<[^>]*>|@@@(?:end)?hl@@@/g, '').trim();
  if (!isFields(value)) return '';
  if (typeof value.text === 'string') return value.text;
  const parts = Array.isArray(value.content) ? value.content.map(plainText) : [];
  const mark = value.type === 'listItem' ? '- ' : '';
  return `${mark}${parts.join(value.type === 'paragraph' ? '' : '\n')}`.trim();
}
