import type { Conversation } from './conversation.ts';
import type { ChangeRequest } from './request-in.ts';
import { type Subject, subjectOf } from './subject-of.ts';

/** What is known of a change somebody asked for, in the words of the fields it may have. */
export interface Draft {
  readonly key?: string;
  readonly project?: string;
  readonly space?: string;
  /** The types that would fit, the best first. */
  readonly types: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly comment?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly labels?: readonly string[];
  readonly assignee?: string;
  readonly subject?: Subject;
}

const anyKey = /\b[A-Z][A-Z0-9]+-\d+\b/g;
const statuses: readonly (readonly [RegExp, string])[] = [
  [/^\W*(?:close|resolve|finish)\b/i, 'Done'],
  [/^\W*reopen\b/i, 'To Do'],
  [/^\W*start\b/i, 'In Progress'],
];

/** Reads a request, and the thread for what it leaves open. */
export function draftOf(request: ChangeRequest, conversation: Conversation): Draft {
  const { words, action } = request;
  const { question } = conversation;
  const subject = action === 'create' ? subjectOf(words, conversation) : undefined;
  const key = request.key ?? (action === 'create' ? undefined : keyInThread(conversation));
  return dropUndefined({
    key,
    subject,
    types: typesFor(request, subject),
    project: /\b(?:in|to|project)\s+(?:the )?(?:project )?([A-Z][A-Z0-9]{1,9})\b(?!-\d)/.exec(question)?.[1],
    space: /\b(?:in|space)\s+(?:the )?(?:space )?([A-Z][A-Z0-9]{1,9})\b(?!-\d)/.exec(question)?.[1],
    summary: action === 'edit' ? behind(question, /\b(?:summary|title)\b.{0,40}?\bto\s+/i) : subject?.title,
    description:
      action === 'edit'
        ? behind(question, /\b(?:description|text)\b.{0,40}?\bto\s+/i)
        : (saidIn(words) ?? descriptionOf(subject, conversation)),
    comment: action === 'comment' ? commentIn(words) : undefined,
    status: action === 'move' ? statusIn(question) : undefined,
    priority: priorityIn(question) ?? (subject?.facts.some((fact) => /^high urgency$/i.test(fact)) ? 'High' : undefined),
    labels: labelsIn(question),
    assignee: /\b(?:re)?assign(?:ed)?\b.*?\bto\s+([\p{L}.' -]+?)[\s.!]*$/iu.exec(question)?.[1]?.trim(),
  });
}

/** The issue that was linked last, else the one that somebody named last: other keys in an answer may be of anything. */
function keyInThread({ answers, earlier }: Conversation): string | undefined {
  const linked = answers.flatMap((text) => [...text.matchAll(/\/browse\/([A-Z][A-Z0-9]+-\d+)/g)].map(([, key]) => key));
  return linked.at(-1) ?? earlier.flatMap(({ text }) => text.match(anyKey) ?? []).at(-1);
}

function typesFor({ words }: ChangeRequest, subject: Subject | undefined): readonly string[] {
  const named = /\b(bug|task|story|epic)\b/i.exec(words.split(/\b(?:about|for|that)\b/i)[0] ?? '')?.[1];
  if (named) return [`${named.charAt(0).toUpperCase()}${named.slice(1).toLowerCase()}`];
  return subject?.isIncident ? ['Incident', 'Bug', 'Task'] : ['Task', 'Story', 'Bug'];
}

/** The facts of the thread as lines, the way somebody would fill in a ticket. */
function descriptionOf(subject: Subject | undefined, { speaker, isFirstAnswer }: Conversation): string | undefined {
  if (!subject) return undefined;
  const facts = subject.facts.map((fact) => `- ${fact.charAt(0).toUpperCase()}${fact.slice(1)}`);
  const from = speaker ? `Asked for by ${speaker} in Slack${isFirstAnswer ? '' : ', in the thread where it came up'}.` : '';
  return [subject.title, facts.join('\n'), subject.url ?? '', from].filter((part) => part !== '').join('\n\n');
}

/** What somebody wants to stand there, in their own words. */
function saidIn(words: string): string | undefined {
  const said = /\b(?:saying|which says|with the text)\b(?:\s+that\b)?\s*:?\s+(.+)$/is.exec(words)?.[1];
  return said === undefined ? undefined : asSentence(said);
}

function commentIn(words: string): string | undefined {
  const quoted = /["“]([^"”]+)["”]/.exec(words)?.[1];
  const told = quoted ?? /(?:\bthat\b|\bsaying\b|:)\s+(.+)$/is.exec(words)?.[1];
  if (told === undefined) return undefined;
  return asSentence(told);
}

function asSentence(told: string): string {
  const text = told.trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

function statusIn(question: string): string | undefined {
  const named = /\b(?:to|as|into)\s+["“]?([\p{L} ]+?)["”]?[\s.!?]*$/iu.exec(question)?.[1]?.trim();
  const plain = question.replace(/^\W*(?:(?:yes|please|ok|okay|can you|could you|would you|and|now)\b\W*)+/i, '');
  return named ?? statuses.find(([pattern]) => pattern.test(plain))?.[1];
}

function priorityIn(question: string): string | undefined {
  const found = /\b(highest|high|medium|low|lowest)\b(?=\W+priority)|\bpriority\b.{0,40}?\b(highest|high|medium|low|lowest)\b/i.exec(
    question,
  );
  const name = found?.[1] ?? found?.[2];
  return name && `${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}`;
}

function labelsIn(question: string): readonly string[] | undefined {
  const named = /\blabel(?:l?ed|s)?\s+(?:it\s+|PAY-\d+\s+)?(?:with\s+|as\s+)?["“]?([\w-]+(?:(?:,| and)\s*[\w-]+)*)["”]?/i.exec(
    question,
  )?.[1];
  return named?.split(/,\s*|\s+and\s+/);
}

function behind(text: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(text);
  return match ? text.slice(match.index + match[0].length).replace(/^["“]|["”.]+$/g, '') : undefined;
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
