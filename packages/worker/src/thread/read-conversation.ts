import type { Question } from '@vera/protocol/question';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content, Turn } from '../agent/agent.ts';
import { isSaid, newestWithin, type Said, toTurns } from './conversation.ts';
import type { FetchFile } from './fetch-file.ts';
import type { People } from './people.ts';
import { mentionedUsers, toReadableText } from './slack-text.ts';

/** What of a thread the model gets to see. */
const mostMessages = 200;
const mostCharacters = 150_000;
/** Bedrock takes twenty images and five documents a request. */
const mostImages = 20;
const mostDocuments = 5;

export interface ConversationParams {
  readonly people: People;
  readonly fetchFile: FetchFile;
}

/** The thread up to the question as turns of a conversation, with names for people and the newest files. */
export async function readConversation(params: ConversationParams, question: Question, messages: readonly SlackMessage[]): Promise<Turn[]> {
  const before = messages.filter((message) => message.ts < question.messageTs && isSaid(message));
  const asked: SlackMessage = {
    ts: question.messageTs,
    user: question.userId,
    text: question.text,
    files: question.files.map(toMessageFile),
  };
  const chosen = [...newestWithin(before, mostMessages, mostCharacters), asked];
  const names = await namesOf(params.people, chosen);
  const files = await filesOf(params.fetchFile, chosen);
  const said = chosen.map((message): Said => {
    const isOurs = message.user === question.botUserId;
    const text = toReadableText(withoutAddress(message.text ?? '', question.botUserId), (id) => names.get(id) ?? 'someone').trim();
    const author = names.get(authorOf(message)) ?? 'someone';
    const line: Content = { kind: 'text', text: isOurs ? text : `${author}: ${text || '(no words)'}` };
    return { role: isOurs ? 'assistant' : 'user', content: isOurs ? [line] : [line, ...(files.get(message.ts) ?? [])] };
  });
  return toTurns(said);
}

/** "@Vera" before a question is how she is called, not part of what is asked. */
function withoutAddress(text: string, botUserId: string): string {
  const address = `<@${botUserId}>`;
  return text.trimStart().startsWith(address)
    ? text
        .trimStart()
        .slice(address.length)
        .replace(/^[\s,:]+/, '')
    : text;
}

async function namesOf(people: People, messages: readonly SlackMessage[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(messages.flatMap((message) => [authorOf(message), ...mentionedUsers(message.text ?? '')]));
  return new Map(await Promise.all([...ids].map(async (id) => [id, await people.name(id)] as const)));
}

/** The newest files first, until the model's limits are reached; each is fetched once. */
async function filesOf(fetchFile: FetchFile, messages: readonly SlackMessage[]): Promise<ReadonlyMap<string, Content[]>> {
  const files = new Map<string, Content[]>();
  let images = 0;
  let documents = 0;
  for (const message of messages.toReversed()) {
    for (const file of message.files ?? []) {
      if (images >= mostImages || documents >= mostDocuments) return files;
      const content = await fetchFile(file);
      if (content.kind === 'image') images += 1;
      if (content.kind === 'document') documents += 1;
      files.set(message.ts, [...(files.get(message.ts) ?? []), content]);
    }
  }
  return files;
}

function authorOf(message: SlackMessage): string {
  return message.user ?? message.bot_id ?? '';
}

function toMessageFile({ url, ...file }: Question['files'][number]): NonNullable<SlackMessage['files']>[number] {
  return { ...file, ...(url === undefined ? {} : { url_private_download: url }) };
}
