import type { ProviderId } from '@vera/accounts/account';
import { providerClients } from '@vera/accounts/provider-clients';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type * as z from 'zod/mini';
import { atlassianTools } from '../atlassian/atlassian-tools.ts';
import { delegate } from '../delegation/delegate.ts';
import { delegateRows } from '../delegation/delegate-rows.ts';
import type { workerEnv } from '../env.ts';
import { createKeptOutputs } from '../mcp/tool-results.ts';
import type { PeoplesMemory } from '../memory/create-memory.ts';
import { memoryTools } from '../own-memory/memory-tools.ts';
import type { Story } from '../questions/story.ts';
import { accountSecrets } from '../secrets.ts';
import { createReadSlack } from '../slack-reading/read-slack.ts';
import { createTableShelf } from '../tables/table-shelf.ts';
import { createPeople } from '../thread/people.ts';
import { connectAccounts } from './connect-accounts.ts';
import { createTools } from './create-tools.ts';
import type { PersonTool } from './person-tool.ts';
import { createSources } from './search-knowledge-base.ts';
import type { Tool } from './tool.ts';

type OwnToolsEnv = Pick<
  z.output<typeof workerEnv>,
  'KNOWLEDGE_BASES' | 'READS_SLACK' | 'MEMORY_ID' | 'HELPER_MODELS' | 'PORTAL_URL' | 'CHANGE_APPROVERS'
>;

export interface OwnTool {
  readonly name: string;
  /**
   * `read`: it changes nothing. `write`: it changes something in another system. `show`: it shows or keeps something of Vera's own for who asks.
   * `hand-on`: a helper does the work, with tools that are listed here.
   */
  readonly kind: 'read' | 'write' | 'show' | 'hand-on';
  /** Whose account it acts with; left out where it needs none. */
  readonly account?: ProviderId;
}

export interface OwnTools {
  readonly tools: readonly OwnTool[];
  /** Slack ids of those who approve changes; empty: who asks. */
  readonly approvers: readonly string[];
  /** Providers whose tools are left out, for their keys are not in the secret. */
  readonly without: readonly ProviderId[];
}

export interface OwnToolsParts {
  /** The worker's secret; undefined where it cannot be seen, and is taken to be whole. */
  readonly secrets: Readonly<Record<string, unknown>> | undefined;
  /** Whether tools of other systems are there, in whose results one can read on. */
  readonly hasOthers: boolean;
  readonly log: Log;
}

/** Vera's own tools, as a worker with these variables and this secret has them. None of them is run. */
export function describeOwnTools(env: OwnToolsEnv, { secrets, hasOthers, log }: OwnToolsParts): OwnTools {
  const { data: keys = {} } = secrets === undefined ? { data: undefined } : accountSecrets.safeParse(secrets);
  const acts = env.PORTAL_URL !== undefined && (secrets === undefined || keys.PORTAL_TICKET_KEY !== undefined);
  const clients = providerClients(keys, {}, Date.now);
  const isThere = ({ provider }: PersonTool) => secrets === undefined || clients.has(provider);
  const personTools = acts ? atlassianTools() : [];
  return {
    tools: [
      ...ofItself(env, log).map(ownTool),
      ...(hasOthers ? [ownTool(createKeptOutputs().readMore)] : []),
      ...personTools.filter(isThere).map(({ name, kind, provider }) => ({ name, kind, account: provider })),
      ...(acts ? [ownTool(connectAccounts({ sendLink: nobody }))] : []),
    ].sort((one, other) => (one.name < other.name ? -1 : 1)),
    approvers: env.CHANGE_APPROVERS.split(',').filter((id) => id !== ''),
    without: [...new Set(personTools.filter((tool) => !isThere(tool)).map(({ provider }) => provider))],
  };
}

const nobody = () => Promise.reject(new Error('Tools are told of here, and none is run.'));

/** By which tools say what they are: a colleague's. */
const question = {
  kind: 'question',
  id: 'q-none',
  teamId: 'T0NONE',
  userTeamId: 'T0NONE',
  userId: 'U0NONE',
  channelId: 'C0NONE',
} as Question;

function ofItself(env: OwnToolsEnv, log: Log): readonly Tool[] {
  const tables = createTableShelf();
  // All else of these is looked at by a call.
  const story = { question, tables } as Story;
  const memory = {} as PeoplesMemory;
  const people = createPeople(nobody, Date.now);
  return [
    ...createTools(env, createReadSlack({ call: nobody, people, now: Date.now }), log)(createSources(), story),
    ...(env.MEMORY_ID ? memoryTools({ memory, call: nobody, people }, { question, log }) : []),
    delegate({ run: nobody, specialists: [], models: ['main', ...env.HELPER_MODELS.map(([name]) => name)] }),
    delegateRows({ run: nobody, tables }),
  ];
}

const handingOn = new Set(['delegate', 'delegate_rows']);

function ownTool({ name, recovery, isForAnswer }: Tool): OwnTool {
  if (handingOn.has(name)) return { name, kind: 'hand-on' };
  return { name, kind: recovery !== undefined || isForAnswer ? 'show' : 'read' };
}
