import type { AccessToken } from '@vera/accounts/access-token';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { serversOf } from '../../src/env.ts';
import { configuredServers } from '../../src/mcp/configured-servers.ts';
import type { Asker } from '../../src/mcp/person-connections.ts';
import { createToolServers } from '../../src/mcp/tool-servers.ts';
import { AccountRefused, type PersonRead } from '../../src/tools/person-tool.ts';
import { type ReceivedRequest, startMcpServer } from './start-mcp-server.ts';

const log = createLog({ service: 'worker', write: () => {} });
const signal = new AbortController().signal;

interface Refusal {
  readonly request: ReceivedRequest;
  readonly status: number;
}

/** Two servers of one host that are used as whoever asks, and people with accounts. */
async function start(refuse: (request: ReceivedRequest) => Refusal['status'] | undefined = () => undefined) {
  let listing = '';
  const hub = await startMcpServer({
    tools(sdk) {
      const read = { annotations: { readOnlyHint: true } };
      // Not quite as it was sent: that would be masked.
      sdk.registerTool('whoami', read, ({ requestInfo }) => ({
        content: [
          { type: 'text', text: `You are ${String(requestInfo?.headers.authorization).replace('Bearer ', '').replace(/\W/g, '_')}` },
        ],
      }));
      if (listing === 'Bearer token of ann') sdk.registerTool('delete_all', {}, () => ({ content: [] }));
    },
    intercept(request, response) {
      listing = request.headers.authorization ?? '';
      const status = refuse(request);
      if (status === undefined) return false;
      response.writeHead(status).end();
      return true;
    },
  });
  const data = { url: hub.url.href, privateNetwork: true, reads: 'annotated' as const };
  const entries = serversOf([
    { ...data, name: 'hub', title: 'Hub', actsAs: 'atlassian' },
    { ...data, name: 'git', title: 'Git', actsAs: 'github' },
  ]);
  const { servers, unusable } = configuredServers(entries, { secrets: {}, region: 'eu-central-1', path: '', log });
  const opened = createToolServers({ servers, unusable, log, now: Date.now });
  const accounts = new Map<string, AccessToken>();
  const asker = (person: string): Asker => ({
    id: person,
    accessToken: async (provider) => accounts.get(`${person} ${provider}`) ?? accounts.get(person) ?? { kind: 'not-connected' },
  });
  const connect = (person: string, who = person) =>
    void accounts.set(person, { kind: 'token', token: `token of ${who}`, accountId: who, sites: [] });
  return {
    hub,
    accounts,
    connect,
    offer: (person?: string) => opened.offer(person === undefined ? undefined : asker(person)),
    async call(person: string, name: string) {
      const { tools } = await opened.offer(asker(person));
      return (await tools.find((tool) => tool.name === name)?.run({}, signal))?.text;
    },
    async [Symbol.asyncDispose]() {
      await opened.close();
      await hub[Symbol.asyncDispose]();
    },
  };
}

describe('F25 a server that is used as whoever asks', () => {
  test('gives each their own list and results, in turns and at once, with their own token and nobody else’s', async () => {
    await using system = await start();
    system.connect('ann');
    system.connect('bob');
    const namesFor = async (person: string) => (await system.offer(person)).personTools.map(({ name }) => name);
    expect([await namesFor('ann'), await namesFor('bob'), await namesFor('ann')]).toEqual([
      ['git_delete_all', 'hub_delete_all'],
      [],
      ['git_delete_all', 'hub_delete_all'],
    ]);
    const people = ['ann', 'bob', 'ann', 'bob', 'bob', 'ann'];
    const said = await Promise.all(people.map((person) => system.call(person, 'hub_whoami')));
    expect(said).toEqual(people.map((person) => expect.stringContaining(`You are token_of_${person}\n`)));
    expect(new Set(system.hub.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer token of ann', 'Bearer token of bob']),
    );
    // One session a person and server, however often they ask.
    expect(system.hub.count('initialize')).toBe(4);
  });

  test('two accounts of one person at two servers of one host do not mix', async () => {
    await using system = await start();
    system.accounts.set('ann atlassian', { kind: 'token', token: 'at-atlassian', accountId: '1', sites: [] });
    system.accounts.set('ann github', { kind: 'token', token: 'at-github', accountId: '2', sites: [] });
    expect(await system.call('ann', 'hub_whoami')).toContain('at_atlassian');
    expect(await system.call('ann', 'git_whoami')).toContain('at_github');
  });

  test('another account of the same person begins anew', async () => {
    await using system = await start();
    system.connect('ann');
    expect(await system.call('ann', 'hub_whoami')).toContain('token_of_ann');
    system.connect('ann', 'annette');
    const { personTools } = await system.offer('ann');
    expect([personTools, await system.call('ann', 'hub_whoami')]).toEqual([[], expect.stringContaining('token_of_annette')]);
  });

  test('a breaker that opened for one stays closed for the other', async () => {
    await using system = await start(({ headers, rpc }) =>
      rpc === 'tools/call' && headers.authorization?.endsWith('ann') ? 500 : undefined,
    );
    system.connect('ann');
    system.connect('bob');
    for (let calls = 0; calls < 4; calls += 1) await system.call('ann', 'hub_whoami');
    expect(await system.call('ann', 'hub_whoami')).not.toContain('token_of');
    expect(await system.call('bob', 'hub_whoami')).toContain('token_of_bob');
  });

  test('without an account asks to connect one; nothing is sent, and nobody’s tools are there', async () => {
    await using system = await start();
    const { tools, personTools, troubles } = await system.offer('ann');
    expect([tools, personTools.map(({ kind, provider, name }) => `${kind} ${provider} ${name}`), troubles()]).toEqual([
      [],
      ['read github git_connect', 'read atlassian hub_connect'],
      [],
    ]);
    expect((await system.offer()).troubles()).toEqual([
      'Hub is used with people’s own accounts, and there are none to use here',
      'Git is used with people’s own accounts, and there are none to use here',
    ]);
    expect(system.hub.requests).toEqual([]);
  });

  test('F27 an account that the server refuses is told as such, and connecting again is offered; it is asked no more than twice', async () => {
    await using system = await start(() => 401);
    system.connect('ann');
    const { tools, personTools, troubles } = await system.offer('ann');
    expect([tools, troubles()]).toEqual([[], expect.arrayContaining(['Hub does not accept your account any more: connect it again'])]);
    expect(system.hub.requests.filter(({ rpc }) => rpc === 'initialize').length).toBeLessThanOrEqual(4);
    await expect((personTools[0] as PersonRead).read({}, { token: 't', accountId: 'a', sites: [] }, signal)).rejects.toThrow(
      AccountRefused,
    );
  });
});
