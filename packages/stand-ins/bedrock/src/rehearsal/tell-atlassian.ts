import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import { lineOf, linked, momentOf, nameOf, objectIn, rowsIn, worded } from './rows.ts';

const most = 10;
const longest = 600;

/** An issue of Jira: what it is about, its state, who has it and until when, and its description. */
export function tellIssue(json: string): string {
  const issue = objectIn(json) ?? {};
  const fields = isJsonObject(issue.fields) ? issue.fields : {};
  return [lineOfIssue(issue).replace(/^- /, ''), shortened(plainText(fields.description))].filter((part) => part !== '').join('\n\n');
}

export function tellIssues(json: string): string {
  const issues = rowsIn(json, 'issues');
  const more = issues.length > most ? `\n\n…and ${issues.length - most} more.` : '';
  return issues.length === 0
    ? 'There are no such issues.'
    : `**${issues.length} issues**:\n\n${issues.slice(0, most).map(lineOfIssue).join('\n')}${more}`;
}

function lineOfIssue({ key, fields: found }: JsonObject): string {
  const fields = isJsonObject(found) ? found : {};
  return lineOf([nameOf(key), nameOf(fields.summary)].filter(Boolean).join(' '), [
    nameOf(fields.status)?.toLowerCase(),
    worded('priority ', fields.priority),
    nameOf(fields.issuetype),
    worded('with ', fields.assignee),
    worded('due ', momentOf(fields.duedate)),
    worded('updated ', momentOf(fields.updated)),
  ]);
}

export function tellComments(json: string): string {
  const comments = rowsIn(json, 'comments');
  const lineOfComment = ({ author, created, body }: JsonObject) =>
    `${lineOf(nameOf(author) ?? 'Somebody', [momentOf(created)])}: ${shortened(plainText(body)).replace(/\s*\n\s*/g, ' ')}`;
  return comments.length === 0
    ? 'There are no comments.'
    : `**${comments.length} comments**:\n\n${comments.slice(0, most).map(lineOfComment).join('\n')}`;
}

/** A page of Confluence as Markdown, as far as paragraphs, lists and code go. */
export function tellPage(json: string): string {
  const { title, body, _links: links } = objectIn(json) ?? {};
  const storage = isJsonObject(body) && isJsonObject(body.storage) ? nameOf(body.storage.value) : undefined;
  const url = isJsonObject(links) ? `${links.base}${links.webui}` : undefined;
  if (storage === undefined) return 'Confluence has no such page.';
  const text = storage
    .replace(/<li>/g, '\n- ')
    .replace(/<\/ul>|<\/ol>|(?<!<li>)<p>/g, '\n\n')
    .replace(/<\/?code>/g, '`')
    .replace(/<[^>]*>/g, '')
    .replace(/(?<=- )\n+/g, '')
    .replace(/\n{3,}/g, '\n\n');
  return `Confluence, **${linked(nameOf(title) ?? '', url)}**:\n\n${text.trim()}`;
}

/** Text, also of Atlassian's document format; parts of a paragraph in one line. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value.replace(/<[^>]*>|@@@(?:end)?hl@@@/g, '').trim();
  if (!isJsonObject(value)) return '';
  if (typeof value.text === 'string') return value.text;
  const parts = Array.isArray(value.content) ? value.content.map(plainText) : [];
  return `${value.type === 'listItem' ? '- ' : ''}${parts.join(value.type === 'paragraph' ? '' : '\n')}`.trim();
}

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, text.lastIndexOf(' ', longest))} …`;
}
