import { keptDays } from '@vera/ledger/dynamo-inbox';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Connection } from '../accounts/account-desk.ts';

export const noAccountsWords =
  'Nobody can connect accounts here: the team that runs me has not set that up. I can look things up, and change nothing.';

/** Somebody's accounts, a line each, in Slack's mark-up. */
export function accountLines(connections: readonly Connection[] | 'none' | undefined): readonly string[] {
  if (connections === undefined) return ['I could not look up your accounts just now.'];
  if (connections === 'none' || connections.length === 0) return [noAccountsWords];
  return connections.map(({ provider: { name, use }, account }) => `*${name}* (${use}): ${stateOf(account)}`);
}

function stateOf(account: Connection['account']): string {
  if (!account) return 'not connected';
  // The names are the provider's: neither mark-up nor a mention of ours.
  const sites = account.sites.map(({ name }) => plain(name)).join(', ');
  const as = `${plain(account.name)}${sites === '' ? '' : ` (${sites})`}`;
  return account.state === 'expired' ? `${as}, but it has run out: connect it again` : `connected as ${as}`;
}

function plain(name: string): string {
  return escapeText(shorten(name.replace(/[\s*_~`]+/g, ' ').trim(), textLimits.name));
}

/** What is kept of a person, how long, and how it goes away. */
export function forgetWords(
  connections: readonly Connection[] | 'none' | undefined,
  link: string | undefined,
  memory: MemoryKept = 'none',
): string {
  const accounts =
    link === undefined
      ? []
      : [
          '• *Your accounts* in other systems, until you disconnect them:',
          ...accountLines(connections).map((line) => `    ◦ ${line}`),
          `    To disconnect them, <${link}|open your accounts>. Only you can see this link. It works once, for ten minutes.`,
        ];
  return [
    '*What I keep of you*',
    ...accounts,
    `• *Your questions*, with what was changed for them and how you rated the answers: ${keptWords} Then they go by themselves.`,
    '• *That I welcomed you*, so that I do it once.',
    '• *What is said in Slack* stays in Slack, my answers too: there I read a thread anew for each question.',
    `• *What I remember of you*: ${memoryKeptWords(memory)}`,
    'To have something deleted earlier, ask the team that runs me.',
  ].join('\n');
}

/** How much is remembered of somebody; `none`: nothing is of anybody. */
export type MemoryKept = { readonly things: number } | 'none' | 'unknown';

function memoryKeptWords(memory: MemoryKept): string {
  if (memory === 'none') return 'nothing. I have no other memory of you.';
  const much =
    memory === 'unknown'
      ? 'I could not look how much that is just now'
      : `${memory.things === 1 ? 'one thing' : `${memory.things} things`}, and the messages it came from, until you forget it`;
  return `${much}. My home tab shows it, and my command with \`memory\`: there you forget one thing or everything, pause me, or take it with you.`;
}

/** As the ledger's records expire, and as its table can be put back to any moment of the last 35 days. */
export const keptWords = `kept for ${keptDays} days, in backups up to 35 days longer.`;
