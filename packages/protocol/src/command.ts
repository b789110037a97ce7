import { unescapeText } from './escape-text.ts';

/** What somebody typed behind the app's slash command. */
export interface Command {
  /** With its slash; the app has one, named after the bot. */
  readonly name: string;
  readonly word: 'help' | CommandWish | 'unknown';
  /** All that was typed, in its own characters. */
  readonly text: string;
  readonly teamId: string;
  readonly userId: string;
  readonly responseUrl?: string;
  /** Tells one command from another. */
  readonly receipt: string;
}

/** What has to be looked up before it can be answered. */
export type CommandWish = 'connect' | 'forget' | 'memory' | 'status';

/** Undefined when it does not say who gave it where. */
export function readCommand(form: URLSearchParams): Command | undefined {
  const [teamId, userId] = [form.get('team_id') ?? '', form.get('user_id') ?? ''];
  if (!/^[TE]\w{1,32}$/.test(teamId) || !/^[UW]\w{1,32}$/.test(userId)) return undefined;
  const text = unescapeText(form.get('text') ?? '').trim();
  const name = form.get('command') ?? '';
  const responseUrl = form.get('response_url');
  return {
    name: /^\/[\w-]{1,32}$/.test(name) ? name : '/vera',
    word: wordIn(text),
    text,
    teamId,
    userId,
    ...(responseUrl ? { responseUrl } : {}),
    receipt: form.get('trigger_id') ?? '',
  };
}

const words: Readonly<Record<string, Command['word']>> = {
  help: 'help',
  hello: 'help',
  hi: 'help',
  connect: 'connect',
  disconnect: 'connect',
  login: 'connect',
  accounts: 'connect',
  forget: 'forget',
  memory: 'memory',
  memories: 'memory',
  status: 'status',
};
/** What people put around such a word without wanting anything else. */
const around = new Set(['my', 'me', 'a', 'an', 'the', 'account', 'accounts', 'everything', 'all', 'github', 'atlassian', 'jira']);

/** A known word stands alone, however it is spelt; in a longer sentence it is part of a question. */
function wordIn(text: string): Command['word'] {
  const [first, ...more] = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'please');
  if (first === undefined) return 'help';
  return (more.every((word) => around.has(word)) && Object.hasOwn(words, first) && words[first]) || 'unknown';
}
