import type { QuestionRecord } from '@vera/ledger/ledger';
import { type Errand, homeLinkActionId, toErrand } from '@vera/protocol/errand';
import { createLog } from '@vera/service-kit/log';
import { outsiderWords } from '@vera/slack/outsider-words';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { createTellPrivately } from '@vera/slack/tell-privately';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/accounts/account-desk.ts';
import { type ErrandParams, runErrand } from '../../src/errands/run-errand.ts';
import { createPeople } from '../../src/thread/people.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';

const atlassian = { name: 'Atlassian', use: 'Jira and Confluence' };
const github = { name: 'GitHub', use: 'code' };
const connections: readonly Connection[] = [
  {
    provider: atlassian,
    account: { name: 'Ann *Lee* <!here>', sites: [{ id: '1', name: 'northwind', url: 'https://x' }], state: 'connected' },
  },
  { provider: github },
];

const link = 'https://portal.test/?ticket=abc';
const desk = { connectionsOf: async () => connections, linkFor: async () => link };
const ann = { teamId: 'T01', userId: 'UANN' };

/** Slack, and an app at it that only answers commands by their response URLs. */
async function started(changes: Partial<ErrandParams> = {}, options: Partial<SlackEmulatorOptions> = {}) {
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
    tellPrivately: createTellPrivately(slack.url, 5_000),
    openQuestionsOf: async () => [],
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

describe('the errand of a command', () => {
  test('F23 reaches one person by the response URL, where the app is no member and may say nothing', async () => {
    const secret = { id: 'GSECRET', name: 'secret', kind: 'group' as const, members: ['UANN', 'UBOB'] };
    const alone = { id: 'DBOTH', name: 'both', kind: 'im' as const, members: ['UANN', 'UBOB'] };
    await using errand = await started({}, { workspace: { ...northwind, channels: [...northwind.channels, secret, alone] } });
    errand.slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'channel_not_found', times: Number.POSITIVE_INFINITY });
    for (const channel of ['GSECRET', 'DBOTH']) {
      for (const wish of ['connect', 'status', 'forget'] as const) expect(await errand.told(wish, channel)).not.toBe('');
    }
    expect(errand.slack.ephemerals('UANN').map(({ channel }) => channel)).toEqual([...Array(3).fill('GSECRET'), ...Array(3).fill('DBOTH')]);
    expect(errand.slack.ephemerals('UBOB')).toEqual([]);
    expect(errand.slack.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
    for (const channel of ['GSECRET', 'DBOTH', 'DANN', 'COPS']) expect(errand.slack.messages(channel)).toEqual([]);
    expect(errand.lines.join()).not.toContain('/commands/');
  });

  test('connect brings a private link, or says that there is none to be had', async () => {
    await using errand = await started();
    expect(await errand.told('connect')).toContain(`<${link}|open your accounts>`);
    expect(JSON.stringify(errand.slack.ephemerals('UANN').at(-1)?.blocks)).toContain('open_accounts');
    expect(errand.lines.join()).not.toContain('ticket');
    await using without = await started({ accounts: undefined } as unknown as Partial<ErrandParams>);
    expect(await without.told('connect')).toContain('Nobody can connect accounts here');
  });

  test('status tells what of theirs is open, what waits for their yes, and which accounts are theirs; nothing that others asked', async () => {
    const record = (more: Partial<QuestionRecord>, question: Partial<QuestionRecord['question']> = {}): QuestionRecord => ({
      question: questionOf({ messageTs: '1.1', text: '<@UVERA> is a &lt; b, <@UBOB>?', ...question }),
      state: 'running',
      attempts: 1,
      receivedAt: 1,
      leg: 0,
      changes: {},
      replies: [],
      feedback: {},
      ...more,
    });
    const change = { id: 'c1', title: 'Open <!here> ticket', approvers: ['UANN'] } as unknown as QuestionRecord['changes'][string];
    const waitsForYes = { state: 'waiting', waitsFor: { kind: 'decision', change: 'c1', until: 9 }, changes: { c1: change } } as const;
    await using errand = await started({
      openQuestionsOf: async () => [
        record({}),
        record({}, { userId: 'UBOB', text: 'a secret of Bob' }),
        record(waitsForYes, { userId: 'UBOB', text: 'another secret of Bob' }),
        record({ state: 'waiting', waitsFor: { kind: 'account', provider: 'github', until: 9 } }, { isDirect: true, text: 'mine' }),
        record({}, { text: '', shortcut: { about: '1.0' } }),
      ],
    });
    const text = await errand.told('status');
    expect(text).toContain('I am up and running');
    expect(text).toContain('“is a &lt; b, @someone?” is being worked on, in <#COPS>');
    expect(text).toContain('“Open &lt;!here&gt; ticket” waits for your yes, in <#COPS>');
    expect(text).toContain('“mine” waits until you connect an account, in our direct messages');
    expect(text).toContain('“Ask Vera about this” is being worked on');
    expect(text).not.toContain('secret of Bob');
    expect(text).toContain('*Atlassian* (Jira and Confluence): connected as Ann Lee &lt;!here&gt; (northwind)');
    expect(text).toContain('*GitHub* (code): not connected');
  });

  test('status says that nothing is open, and what could not be looked up', async () => {
    await using errand = await started();
    expect(await errand.told('status')).toContain('Nothing: no question of yours is open');
    const down = () => Promise.reject(new Error('down'));
    await using blind = await started({ openQuestionsOf: down, accounts: { ...desk, connectionsOf: down } });
    const text = await blind.told('status');
    expect(text).toContain('could not look up your questions');
    expect(text).toContain('could not look up your accounts');
  });

  test('forget says what is kept, how long, and where accounts are ended', async () => {
    await using errand = await started();
    const text = await errand.told('forget');
    for (const part of ['30 days', 'Ann Lee', link, 'no other memory']) expect(text).toContain(part);
  });

  test('is not done while Slack does not take the words, so that it comes again', async () => {
    await using errand = await started();
    await expect(errand.run('status', { responseUrl: `${errand.slack.url}/commands/T01/1/never-issued` })).rejects.toMatchObject({
      code: 'errand',
    });
    await expect(errand.run('status', { responseUrl: 'https://elsewhere.test/commands/T01/1/x' })).rejects.toMatchObject({
      code: 'errand',
    });
  });
});

describe('the home tab', () => {
  test('says what Vera can do, gives examples, and shows accounts with names; no link before it is asked for', async () => {
    await using errand = await started();
    await errand.run('home');
    for (const part of ['Vera at Northwind', 'Who is on call', 'connected as Ann Lee', 'not connected', homeLinkActionId])
      expect(errand.home()).toContain(part);
    expect(errand.home()).not.toContain('ticket=');
    expect(errand.done()).toMatchObject([{ method: 'views.publish' }]);
  });

  test('has a link in it once its button was pressed, and none the next time it is opened', async () => {
    await using errand = await started();
    await errand.run('home-link');
    expect(errand.home()).toContain(link);
    expect(errand.home()).not.toContain(homeLinkActionId);
    await errand.run('home');
    expect(errand.home()).not.toContain(link);
    expect(errand.slack.home('UBOB')).toBeUndefined();
  });

  test('is there without accounts, with a company of a long name, and while they cannot be looked up', async () => {
    await using without = await started({ accounts: undefined, companyName: 'x'.repeat(300) } as unknown as Partial<ErrandParams>);
    await without.run('home');
    expect(without.home()).toContain('Nobody can connect accounts here');
    expect(without.home()).not.toContain(homeLinkActionId);
    await using blind = await started({ accounts: { ...desk, connectionsOf: () => Promise.reject(new Error('down')) } });
    await blind.run('home');
    expect(blind.home()).toContain('could not look up your accounts');
  });

  test.each(['not_enabled', 'missing_scope'])(
    'that Slack refuses with %s is no error, and is not asked for again in this process',
    async (error) => {
      await using errand = await started();
      errand.slack.inject({ method: 'views.publish', kind: 'error', error, times: Number.POSITIVE_INFINITY });
      await errand.run('home');
      await errand.run('home');
      expect(errand.slack.calls.filter(({ method }) => method === 'views.publish')).toHaveLength(1);
      expect(errand.lines.filter((line) => line.includes('errand.refused'))).toHaveLength(2);
    },
  );

  test('that Slack did not answer for comes again', async () => {
    await using errand = await started();
    errand.slack.inject({ method: 'views.publish', kind: 'http', status: 500, times: Number.POSITIVE_INFINITY });
    await expect(errand.run('home')).rejects.toMatchObject({ code: 'slack' });
  });
});

describe('prompts', () => {
  test('are set in direct messages, or in the thread of an older agent', async () => {
    await using errand = await started();
    await errand.run('prompts', { channelId: 'DANN' });
    const { ts } = errand.slack.post({ user: 'UANN', channel: 'DANN', text: 'hi' });
    await errand.run('prompts', { channelId: 'DANN', threadTs: ts });
    expect(errand.done()).toMatchObject([{ response: { ok: true } }, { args: { thread_ts: ts }, response: { ok: true } }]);
    expect(errand.done()[0]?.args).not.toHaveProperty('thread_ts');
  });

  test('are left out where the workspace has no agents, at the cost of one call', async () => {
    await using errand = await started({}, { agentFeatures: false });
    await errand.run('prompts', { channelId: 'DANN' });
    await errand.run('prompts', { channelId: 'DANN' });
    expect(errand.done()).toHaveLength(1);
  });
});

describe('F16 an errand of somebody who is no colleague', () => {
  const guests = { ...northwind, users: northwind.users.map((user) => (user.id === 'UANN' ? { ...user, guest: 'multi' as const } : user)) };
  const accounts = {
    connectionsOf: () => Promise.reject(new Error('looked up')),
    linkFor: () => Promise.reject(new Error('made')),
  };

  test.each(['connect', 'status', 'forget', 'memory'] as const)('is answered by one sentence: %s', async (wish) => {
    await using errand = await started({ accounts }, { workspace: guests });
    expect(await errand.told(wish)).toBe(outsiderWords);
  });

  test.each(['home', 'home-link', 'memory-forget'] as const)('shows one sentence in the home tab: %s', async (wish) => {
    await using errand = await started({ accounts }, { workspace: guests });
    await errand.run(wish);
    expect(errand.slack.home('UANN')?.blocks).toMatchObject([{ type: 'header' }, { type: 'section', text: { text: outsiderWords } }]);
  });

  test('suggests nothing to ask', async () => {
    await using errand = await started({ accounts }, { workspace: guests });
    await errand.run('prompts', { channelId: 'DANN' });
    expect(errand.done()).toEqual([]);
  });

  test('waits where Slack does not say who they are', async () => {
    await using errand = await started({ accounts }, { workspace: guests });
    errand.slack.inject({ method: 'users.info', kind: 'error', error: 'missing_scope' });
    await errand.run('home');
    errand.slack.inject({ method: 'users.info', kind: 'http', status: 500, times: Number.POSITIVE_INFINITY });
    await expect(errand.run('home')).rejects.toMatchObject({ code: 'slack' });
    expect(errand.done()).toEqual([]);
  });
});
