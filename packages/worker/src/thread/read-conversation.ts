import type { Question } from '@vera/protocol/question';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content, Turn } from '../agent/agent.ts';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { collectFiles } from './collect-files.ts';
import { isSaid, newestWithin, type Said, toTurns } from './conversation.ts';
import type { FetchFile } from './fetch-file.ts';
import type { People } from './people.ts';

/** What of a thread the model gets to see. */
const mostMessages = 200;
const mostCharacters = 150_000;

export interface ConversationParams {
  readonly people: People;
  readonly fetchFile: FetchFile;
}

/** The thread up to the question as turns of a conversation, with names for people and the newest files. */
export async function readConversation(
  params: ConversationParams,
  question: Question,
  messages: readonly SlackMessage[],
  signal: AbortSignal,
): Promise<Turn[]> {
  const before = messages.filter((message) => isSaid(message) && isBefore(message, question));
  const asked: SlackMessage = {
    ts: question.messageTs,
    user: question.userId,
    text: question.text,
    files: question.files.map(toMessageFile),
  };
  const chosen = [...newestWithin(before, mostMessages, mostCharacters), asked];
  const names = await namesOf(params.people, chosen);
  const files = await collectFiles(params.fetchFile, chosen, signal);
  const said = chosen.map((message): Said => {
    const isOurs = message.user === question.botUserId;
    const text = toReadableText(withoutAddress(message.text ?? '', question.botUserId), (id) => names.get(id) ?? 'someone').trim();
    const line: Content = { kind: 'text', text: isOurs ? text : saidBy(message, text || '(no words)', { question, names }) };
    const author = names.get(authorOf(message)) ?? 'someone';
    const attached = (files.get(message.ts) ?? []).flatMap((file) => fileOf(file, author));
    return { role: isOurs ? 'assistant' : 'user', content: isOurs ? [line] : [line, ...attached] };
  });
  return toTurns(said);
}

/** A file's words and its name are its author's: also the asker's own give no instructions. */
function fileOf(file: Content, author: string): Content[] {
  switch (file.kind) {
    case 'text':
      return [{ kind: 'text', text: markAsData(file.text, author) }];
    case 'document':
      return [{ kind: 'text', text: markAsData(`File "${plainName(file.name)}" follows.`, author) }, file];
    case 'image':
      return [file];
  }
}

interface Speakers {
  readonly question: Question;
  readonly names: ReadonlyMap<string, string>;
}

/** Whoever asks speaks for themselves; what others say is marked, so that no line of theirs passes for one of the asker. */
function saidBy(message: SlackMessage, text: string, { question, names }: Speakers): string {
  const author = names.get(authorOf(message)) ?? 'someone';
  return authorOf(message) === question.userId ? `${author}: ${text}` : markAsData(text, author);
}

/** What stood there when the question was asked, and what Vera has answered to earlier questions since: they were asked first. */
function isBefore(message: SlackMessage, question: Question): boolean {
  if (message.ts < question.messageTs) return true;
  const mark = replyMarkOf(message);
  return message.user === question.botUserId && mark !== undefined && mark.question !== question.id;
}

/** "@Vera" or "@Vera:" before a question is how she is called, not part of what is asked; the colon of an emoji, as in `:wave:`, is. */
function withoutAddress(text: string, botUserId: string): string {
  const address = `<@${botUserId}>`;
  return text.trimStart().startsWith(address)
    ? text
        .trimStart()
        .slice(address.length)
        .replace(/^(?:[\s,]|:(?!\+?\w[\w+-]*:))+/, '')
    : text;
}

async function namesOf(people: People, messages: readonly SlackMessage[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(messages.flatMap((message) => [authorOf(message), ...mentionedUsers(message.text ?? '')]));
  return new Map(await Promise.all([...ids].map(async (id) => [id, await people.name(id)] as const)));
}

function authorOf(message: SlackMessage): string {
  return message.user ?? message.bot_id ?? '';
}

function toMessageFile({ url, ...file }: Question['files'][number]): NonNullable<SlackMessage['files']>[number] {
  return { ...file, ...(url === undefined ? {} : { url_private_download: url }) };
}

/** What a person wrote, as a person reads it: names for mentions, addresses for links, Slack's three escapes undone. */
export function toReadableText(text: string, nameOf: (userId: string) => string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, (_, name: string) => `#${plainName(name)}`)
    .replace(/<!subteam\^[A-Z0-9]+\|?([^<>]*)>/g, (_, name: string) => plainName(name))
    .replace(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|<>]+)\|([^<>]*)>/g, (_, url: string, words: string) => `${plainName(words)} (${url})`)
    .replace(/<((?:https?|mailto):[^<>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

export function mentionedUsers(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id]) => id ?? '');
}
