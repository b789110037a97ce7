import { type Quote, quotedFilesOf, wordsOf } from '@vera/protocol/message-words';
import type { Question } from '@vera/protocol/question';
import { filesSchema } from '@vera/protocol/slack-envelope';
import type { SlackMessage, SlackMessageFile } from '@vera/slack/slack-message';

/** A message with all it says. */
export interface Spoken {
  readonly ts: string;
  /** A user's id, else a bot's. */
  readonly authorId: string;
  /** What an app without a user calls itself. */
  readonly appName?: string | undefined;
  readonly text: string;
  /** Of the text what its author typed, where that does not tell it. */
  readonly typed?: string | undefined;
  readonly quotes: readonly Quote[];
  readonly files: readonly SlackMessageFile[];
  /** Characters of it that the model reads. */
  readonly size: number;
}

export function spokenIn(message: SlackMessage): Spoken {
  const { text, typed, quotes } = wordsOf(message);
  return spoken({
    ts: message.ts,
    authorId: message.user ?? message.bot_id ?? '',
    appName: message.user === undefined ? (message.username ?? message.bot_profile?.name) : undefined,
    text,
    typed,
    quotes,
    files: filesSchema.parse([...(message.files ?? []), ...quotedFilesOf(message)]),
  });
}

/** The question itself, as it was recorded. */
export function asked({ messageTs, userId, text, typed, quotes = [], files }: Question): Spoken {
  return spoken({ ts: messageTs, authorId: userId, text, typed, quotes, files: files.map(toMessageFile) });
}

function spoken(said: Omit<Spoken, 'size'>): Spoken {
  return { ...said, size: said.quotes.reduce((size, { text }) => size + text.length, said.text.length) };
}

function toMessageFile({ url, ...file }: Question['files'][number]): SlackMessageFile {
  return { ...file, ...(url === undefined ? {} : { url_private_download: url }) };
}
