import { unescapeText } from '@vera/protocol/escape-text';
import type { Quote } from '@vera/protocol/message-words';
import type { Question } from '@vera/protocol/question';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content, Turn, Words } from '../agent/agent.ts';
import { collectFiles } from '../files/collect-files.ts';
import type { FetchFile } from '../files/fetch-file.ts';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import type { TableShelf } from '../tables/table.ts';
import { isSaid, newestWithin, type Said, toTurns } from './conversation.ts';
import type { People } from './people.ts';
import { asked, type Spoken, spokenIn } from './spoken.ts';

/** What of a thread the model gets to see. */
const mostMessages = 200;
const mostCharacters = 150_000;

export interface ConversationParams {
  readonly people: Pick<People, 'name'>;
  readonly fetchFile: FetchFile;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** Gets the tables that are found in files. */
  readonly tables: TableShelf;
}

/** The thread up to the question as turns of a conversation, with names for people and the newest files. */
export async function readConversation(
  params: ConversationParams,
  question: Question,
  messages: readonly SlackMessage[],
  { signal, tables }: Reading,
): Promise<Turn[]> {
  const before = saidBefore(question, messages).map(spokenIn);
  const chosen = [...newestWithin(before, mostMessages, mostCharacters), askedIn(question, messages)];
  const names = await namesOf(params.people, chosen);
  // What Vera drew or attached herself, she has said in words, too.
  const theirs = chosen.filter(({ authorId }) => authorId !== question.botUserId);
  const files = await collectFiles({ fetchFile: params.fetchFile, tables, signal }, theirs);
  const said = chosen.map((message): Said => {
    const text = readable(withoutAddress(message.text, question.botUserId), names).trim();
    if (message.authorId === question.botUserId) return { role: 'assistant', content: [{ kind: 'text', text }] };
    const author = message.appName ?? names.get(message.authorId) ?? 'someone';
    const attached = (files.get(message.ts) ?? []).flatMap((file) => fileOf(file, author));
    return { role: 'user', content: [...saidBy(message, text, { question, names }), ...attached] };
  });
  return toTurns(said);
}

/** What the asker says while their question is answered; `how` they said it. */
export async function wordsOfLater(people: Pick<People, 'name'>, question: Question, how: string): Promise<readonly Words[]> {
  const message = asked(question);
  const names = await namesOf(people, [message]);
  const text = readable(withoutAddress(message.text, question.botUserId), names).trim();
  const author = names.get(question.userId) ?? 'someone';
  const heading = `${author} ${how}:`;
  return [{ kind: 'text', text: heading }, ...saidBy(message, text, { question, names })];
}

/** What people said since Vera's last answer, the question last: these are one turn. */
export function latestSaid(question: Question, messages: readonly SlackMessage[]): readonly Spoken[] {
  const before = saidBefore(question, messages);
  const since = before.slice(before.findLastIndex(({ user }) => user === question.botUserId) + 1);
  return [...since.map(spokenIn), askedIn(question, messages)];
}

export function saidBefore(question: Question, messages: readonly SlackMessage[]): readonly SlackMessage[] {
  const blocked = blockedIn(question, messages);
  return messages.filter((message) => isSaid(message) && isBefore(message, question) && !blocked.has(message.ts));
}

/** What the guardrail stopped in this thread, as our own messages say: for nobody it is said any more. */
function blockedIn({ botUserId }: Question, messages: readonly SlackMessage[]): ReadonlySet<string> {
  return new Set(messages.filter(({ user }) => user === botUserId).flatMap((message) => replyMarkOf(message)?.blocked ?? []));
}

/** The question; the shortcut quotes a message, which may be one that was stopped. */
function askedIn(question: Question, messages: readonly SlackMessage[]): Spoken {
  const { about } = question.shortcut ?? {};
  const isStopped = about !== undefined && blockedIn(question, messages).has(about);
  return asked(
    isStopped ? { ...question, quotes: [{ text: 'The content rules of this workspace stopped this message.' }], files: [] } : question,
  );
}

/** A file's words and its name are its author's: also the asker's own give no instructions. */
function fileOf(file: Content, author: string): Content[] {
  switch (file.kind) {
    case 'text':
      return [{ kind: 'text', text: markAsData(file.text, author), file: nameIn(file.text) }];
    case 'document':
      // Bedrock wants plain text beside a document.
      return [{ kind: 'text', text: markAsData(`File "${plainName(file.name)}" follows.`, author), file: file.name }, file];
    case 'image':
      return [file];
  }
}

/** Files of text begin with their names. */
function nameIn(text: string): string {
  return /"([^"\n]*)"/.exec(text)?.[1] ?? '';
}

export type Names = ReadonlyMap<string, string>;

interface Speakers {
  readonly question: Question;
  readonly names: Names;
}

/** Whoever asks speaks for themselves; what others say, or said in what is forwarded, is marked, so that no line of theirs passes for one of the asker. */
function saidBy(message: Spoken, text: string, { question, names }: Speakers): Words[] {
  const author = message.appName ?? names.get(message.authorId) ?? 'someone';
  const quotes = message.quotes.map((quote) =>
    markAsData(readable(quote.text, names), originOf(quote, author, { botUserId: question.botUserId, names })),
  );
  const words = text || wordless(message, question);
  const isAsker = message.authorId === question.userId;
  const own = isAsker ? `${author}: ${words}` : markAsData(words, author);
  // An alert has no other words.
  const isAllQuoted = !isAsker && text === '' && quotes.length > 0;
  return [...(isAllQuoted ? [] : [own]), ...quotes].map((line) => ({ kind: 'text', text: line }));
}

interface Bystanders {
  readonly botUserId: string;
  readonly names: Names;
}

/** What somebody did who said nothing. */
function wordless({ ts, quotes }: Spoken, { shortcut, messageTs }: Question): string {
  if (shortcut && ts === messageTs) return '(asks about this message)';
  return quotes.length > 0 ? '(forwards this, without words)' : '(no words)';
}

export function originOf({ authorId, authorName }: Quote, sender: string, { botUserId, names }: Bystanders): string {
  if (authorId !== undefined && authorId === botUserId) return `your own earlier words, quoted by ${sender}`;
  const author = authorId === undefined ? authorName : (names.get(authorId) ?? authorName);
  return author === undefined || author === sender ? sender : `${author}, quoted by ${sender}`;
}

export function readable(text: string, names: Names): string {
  return toReadableText(text, (id) => names.get(id) ?? 'someone');
}

/** What stood there when the question was asked, and what Vera has answered to earlier questions since: they were asked first. */
function isBefore(message: SlackMessage, question: Question): boolean {
  if (message.ts < question.messageTs) return true;
  const mark = replyMarkOf(message);
  return message.user === question.botUserId && mark !== undefined && mark.question !== question.id;
}

/** "@Vera" or "@Vera:" before a question is how she is called, not part of what is asked; the colon of an emoji, as in `:wave:`, is. */
export function withoutAddress(text: string, botUserId: string): string {
  const address = `<@${botUserId}>`;
  return text.trimStart().startsWith(address)
    ? text
        .trimStart()
        .slice(address.length)
        .replace(/^(?:[\s,]|:(?!\+?\w[\w+-]*:))+/, '')
    : text;
}

export async function namesOf(people: Pick<People, 'name'>, messages: readonly Spoken[]): Promise<Names> {
  const idsIn = ({ authorId, text, quotes }: Spoken) => [
    authorId,
    ...mentionedUsers(text),
    ...quotes.flatMap((quote) => [...(quote.authorId === undefined ? [] : [quote.authorId]), ...mentionedUsers(quote.text)]),
  ];
  return new Map(await Promise.all([...new Set(messages.flatMap(idsIn))].map(async (id) => [id, await people.name(id)] as const)));
}

/** What a person wrote, as a person reads it: names for mentions, addresses for links, Slack's three escapes undone. */
export function toReadableText(text: string, nameOf: (userId: string) => string): string {
  const read = text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, (_, name: string) => `#${plainName(name)}`)
    .replace(/<!subteam\^[A-Z0-9]+\|?([^<>]*)>/g, (_, name: string) => plainName(name))
    .replace(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|<>]+)\|([^<>]*)>/g, (_, url: string, words: string) => `${oneLine(words)} (${url})`)
    .replace(/<((?:https?|mailto):[^<>]+)>/g, '$1');
  return unescapeText(read);
}

/** The words of a link are its author's as all of the message is, colons too; only a line of its own they do not begin. */
function oneLine(words: string): string {
  return words.replace(/[\p{C}\p{White_Space}]+/gu, ' ').trim();
}

export function mentionedUsers(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id]) => id ?? '');
}
