import { type Errand, toErrand } from '@vera/protocol/errand';
import { createLog } from '@vera/service-kit/log';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { listen } from '@vera/stand-in-kit/listen';
import type { Connection } from '../../src/accounts/account-desk.ts';
import type { Abilities } from '../../src/errands/abilities.ts';
import { type ErrandParams, runErrand } from '../../src/errands/run-errand.ts';
import { createPeople } from '../../src/thread/people.ts';
import { northwind } from '../northwind.ts';

const atlassian = { name: 'Atlassian', use: 'Jira and Confluence' };
const github = { name: 'GitHub', use: 'code' };
const connections: readonly Connection[] = [
  {
    provider: atlassian,
    account: { name: 'Ann *Lee* <!here>', sites: [{ id: '1', name: 'northwind', url: 'https://x' }], state: 'connected' },
  },
  { provider: github },
];

const abilities: Abilities = { systems: ['Jira', 'PagerDuty'], documents: ['Handbook'], readsSlack: true, changes: true, remembers: true };

/** The ledger's part of it, which has its own test. */
function greetings(): ErrandParams['greetOnce'] {
  const greeted = new Set<string>();
  return async ({ channelId }) => greeted.size < greeted.add(channelId).size;
}

export const link = 'https://portal.test/?ticket=abc';
export const desk = { connectionsOf: async () => connections, linkFor: async () => link };
const ann = { teamId: 'T01', userId: 'UANN' };

/** Slack, and an app at it that only answers commands by their response URLs. */
export async function startErrand(changes: Partial<ErrandParams> = {}, options: Partial<SlackEmulatorOptions> = {}) {
  const slack = await createSlackEmulator({ workspace: northwind, ...options });
  let responseUrl = '';
  const app = await listen(async (request) => {
    const body = await request.text();
    const { challenge } = body.startsWith('{') ? (JSON.parse(body) as { challenge?: string }) : {};
    responseUrl = new URLSearchParams(body).get('response_url') ?? '';
    return challenge === undefined ? new Response(null) : Response.json({ challenge });
  });
  await slack.subscribe({ events: app.url, interactivity: app.url });
  const lines: string[] = [];
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const params: ErrandParams = {
    call,
    people: createPeople(call, Date.now),
    abilitiesOf: async () => abilities,
    dayOf: async () => 'Today your questions came to 12,345 tokens, $0.03. A day begins at midnight UTC.',
    greetOnce: greetings(),
    tellPrivately: createTellPrivately(slack.url, 5_000),
    openQuestionsOf: async () => [],
    threadOf: async () => [],
    accounts: desk,
    upload: { call, isSlackHost: () => false },
    companyName: 'Northwind',
    log: createLog({ service: 'worker', write: (line) => lines.push(line) }),
    ...changes,
  };
  return {
    slack,
    lines,
    run: (wish: Errand['wish'], more: Partial<Errand> = {}) => runErrand(params, { ...toErrand({ wish, ...ann }, '1'), ...more }),
    /** What Ann reads, and nobody else, after the command in a channel. */
    async told(wish: Errand['wish'], channel = 'COPS'): Promise<string> {
      await slack.command({ user: 'UANN', channel, name: '/vera', text: wish });
      await runErrand(params, toErrand({ wish, ...ann, responseUrl }, '1'));
      return slack.ephemerals('UANN').at(-1)?.text ?? '';
    },
    /** What Slack was asked to do, beside who somebody is. */
    done: () => slack.calls.filter(({ method }) => !['users.info', 'auth.test'].includes(method)),
    home: () => JSON.stringify(slack.home('UANN')),
    async [Symbol.asyncDispose]() {
      await Promise.all([slack[Symbol.asyncDispose](), app[Symbol.asyncDispose]()]);
    },
  };
}
