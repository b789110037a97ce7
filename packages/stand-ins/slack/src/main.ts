import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { PersonClick, PersonMessage, SlackEmulator } from './contract.ts';
import { createSlackEmulator } from './create-slack-emulator.ts';
import type { Workspace } from './workspace.ts';

const help = `A Slack workspace on this machine, for a bot in any language.

  npx --yes pnpm@12.21.0 exec node packages/stand-ins/slack/src/main.ts [options]

  --events URL         the bot's request URL for events; it is asked for url_verification first
  --interactivity URL  its request URL for clicks (default: that of events)
  --workspace FILE     people, channels, token and signing secret as JSON (default: one channel, two people)
  --port NUMBER        port of the Web API (default: any free one)
  --rate-limits        refuse calls beyond Slack's limits
  --help               this text

Each line on standard input is what a person writes: {"user":"U0ANN","channel":"C0GENERAL","text":"<@U0BOT> hello"}, with "threadTs" in a thread;
or what one clicks: {"user":"U0ANN","channel":"C0GENERAL","messageTs":"…","actionId":"…","value":"…"}.
Each line on standard output is what changed in the workspace. It ends with Ctrl-C, or when its standard input ends.
`;

const smallWorkspace: Workspace = {
  teamId: 'T0TEAM',
  teamDomain: 'team',
  appId: 'A0APP',
  botUserId: 'U0BOT',
  botId: 'B0BOT',
  botName: 'bot',
  botToken: 'xoxb-stand-in',
  signingSecret: 'stand-in-signing-secret',
  users: [
    { id: 'U0ANN', name: 'ann', realName: 'Ann Chen' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob Okafor' },
  ],
  channels: [
    { id: 'C0GENERAL', name: 'general', kind: 'channel', members: ['U0ANN', 'U0BOB', 'U0BOT'] },
    { id: 'D0ANN', name: 'ann', kind: 'im', members: ['U0ANN', 'U0BOT'] },
  ],
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { help: isHelp, ...options } = read(args);
    if (isHelp) process.stdout.write(help);
    else await serve(options);
    return 0;
  } catch (error) {
    process.stderr.write(`slack: ${error instanceof Error ? error.message : error}\nslack: --help says how it is started.\n`);
    return 1;
  }
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      events: { type: 'string' },
      interactivity: { type: 'string' },
      workspace: { type: 'string' },
      port: { type: 'string', default: '0' },
      'rate-limits': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

async function serve({ events, interactivity, workspace: file, port, ...options }: Omit<ReturnType<typeof read>, 'help'>): Promise<void> {
  const workspace = file === undefined ? smallWorkspace : (JSON.parse(readFileSync(file, 'utf8')) as Workspace);
  await using slack = await createSlackEmulator({ workspace, port: Number(port), enforceRateLimits: options['rate-limits'] });
  const { botToken, signingSecret } = workspace;
  tell({ kind: 'started', apiUrl: `${slack.url}/api/`, botToken, signingSecret });
  slack.onChange(tell);
  if (events !== undefined) await slack.subscribe({ events, interactivity: interactivity ?? events });
  const lines = createInterface({ input: process.stdin });
  process.once('SIGINT', () => lines.close());
  process.once('SIGTERM', () => lines.close());
  for await (const line of lines) {
    if (line.trim() !== '') await act(slack, line);
  }
}

async function act(slack: SlackEmulator, line: string): Promise<void> {
  try {
    const done = JSON.parse(line) as PersonMessage | PersonClick;
    if ('actionId' in done) tell({ kind: 'clicked', ...(await slack.click(done)) });
    else slack.post(done);
  } catch (error) {
    tell({ kind: 'refused', line, why: error instanceof Error ? error.message : String(error) });
  }
}

function tell(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
