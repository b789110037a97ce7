import { describe, expect, it } from 'vitest';
import { createJira } from '../src/create-jira.ts';
import { ask } from './ask.ts';
import { basic, createSite, jiraSeed, tuesday } from './small-clinic.ts';

async function start() {
  const site = createSite();
  const jira = await createJira({ seed: jiraSeed, site, now: () => tuesday });
  const get = (path: string, headers: Record<string, string> = basic) => ask(jira.url + path, { headers });
  const search = (jql: string, more = '') => get(`/rest/api/3/search/jql?jql=${encodeURIComponent(jql)}${more}`);
  return { jira, site, get, search, [Symbol.asyncDispose]: () => jira[Symbol.asyncDispose]() };
}

describe('credentials at an Atlassian site', () => {
  it('none and a wrong one are refused, an API token is let in', async () => {
    await using system = await start();
    const wrong = { authorization: `Basic ${Buffer.from('reader@clinic.example:wrong').toString('base64')}` };
    for (const headers of [{}, wrong, { authorization: 'Basic !' }]) {
      expect((await system.get('/rest/api/3/myself', headers as Record<string, string>)).status).toBe(401);
    }
    expect((await system.get('/rest/api/3/myself')).body).toMatchObject({ accountId: '1:reader', displayName: 'Reader' });
  });

  it('OAuth tokens are good at the gateway of Atlassian only, for their site, their product, their scopes, their time', async () => {
    await using system = await start();
    const bearer = { authorization: 'Bearer of-ana' };
    system.site.tokens.grant('of-ana', { accountId: '1:ana', scopes: ['read:jira-user'], expiresAt: tuesday + 1 });
    expect(await system.get('/rest/api/3/myself', bearer)).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining('Connect') },
    });
    expect((await system.get('/ex/jira/cloud-1/rest/api/3/myself', bearer)).body).toMatchObject({ accountId: '1:ana' });
    expect((await system.get('/ex/jira/cloud-2/rest/api/3/myself', bearer)).status).toBe(404);
    expect((await system.get('/ex/confluence/cloud-1/rest/api/3/myself', bearer)).status).toBe(404);
    expect(await system.get('/ex/jira/cloud-1/rest/api/3/issue/TILL-9', bearer)).toMatchObject({
      status: 401,
      body: { message: 'Unauthorized; scope does not match' },
    });
    system.site.tokens.grant('of-ana', { accountId: '1:ana', expiresAt: tuesday });
    expect((await system.get('/ex/jira/cloud-1/rest/api/3/myself', bearer)).status).toBe(401);
    system.site.tokens.grant('of-ana', { accountId: '1:ana' });
    expect((await system.get('/ex/jira/cloud-1/rest/api/3/issue/HID-1', bearer)).status).toBe(200);
    system.site.tokens.revoke('of-ana');
    expect((await system.get('/ex/jira/cloud-1/rest/api/3/myself', bearer)).status).toBe(401);
  });
});

describe('issues', () => {
  it('come with the fields asked for, in the time zone of who asks', async () => {
    await using system = await start();
    const { body } = await system.get('/rest/api/3/issue/till-9?fields=summary,status,created,customfield_10016,nonsense');
    expect(body).toMatchObject({ key: 'TILL-9', self: expect.stringContaining(system.jira.url) });
    expect(body.fields).toEqual({
      summary: 'Refund is paid twice',
      status: expect.objectContaining({ name: 'In Progress', statusCategory: expect.objectContaining({ key: 'indeterminate' }) }),
      created: '2026-11-20T09:00:00.000+0000',
      customfield_10016: 3,
    });
    system.site.tokens.grant('t', { accountId: '1:ana' });
    const ana = await system.get('/ex/jira/cloud-1/rest/api/3/issue/TILL-9?fields=created', { authorization: 'Bearer t' });
    expect(ana.body.fields.created).toBe('2026-11-20T04:00:00.000-0500');
  });

  it('come whole, with HTML and names when asked', async () => {
    await using system = await start();
    const { body } = await system.get('/rest/api/3/issue/TILL-9?expand=renderedFields,names');
    expect(body.fields.description.content[1].type).toBe('bulletList');
    expect(body.renderedFields.description).toBe('<p>Happens on Fridays.</p><ul><li><p>first</p></li><li><p>second</p></li></ul>');
    expect(body.names.customfield_10016).toBe('Story point estimate');
    expect(body.fields.assignee).toMatchObject({ displayName: 'Ana Lima' });
    expect((await system.get('/rest/api/3/issue/TILL-10')).body.fields).toMatchObject({ parent: { key: 'TILL-9' }, assignee: null });
  });

  it('that are missing and that are hidden look the same', async () => {
    await using system = await start();
    const [missing, hidden] = [await system.get('/rest/api/3/issue/TILL-999'), await system.get('/rest/api/3/issue/HID-1')];
    expect([missing.status, missing.body]).toEqual([hidden.status, hidden.body]);
    expect(missing).toMatchObject({
      status: 404,
      body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] },
    });
  });

  it('have comments, newest first when asked, with HTML when asked', async () => {
    await using system = await start();
    const { body } = await system.get('/rest/api/3/issue/TILL-9/comment?orderBy=-created&maxResults=1&expand=renderedBody');
    expect(body).toMatchObject({ total: 2, startAt: 0, maxResults: 1 });
    expect(body.comments).toMatchObject([{ renderedBody: '<p>Thanks</p>', author: { displayName: 'Bo Berg' } }]);
  });
});

describe('what there is besides issues', () => {
  it('projects, fields, people, boards, sprints', async () => {
    await using system = await start();
    expect((await system.get('/rest/api/3/project/search')).body.values.map((one: { key: string }) => one.key)).toEqual(['HELP', 'TILL']);
    expect((await system.get('/rest/api/3/project/TILL')).body).toMatchObject({
      lead: { displayName: 'Ana Lima' },
      components: [{ name: 'till' }, {}],
    });
    expect((await system.get('/rest/api/3/project/HID')).status).toBe(404);
    expect((await system.get('/rest/api/3/field/search?query=story')).body.values).toMatchObject([{ id: 'customfield_10016' }]);
    expect((await system.get('/rest/api/3/user/search?query=ber')).body).toMatchObject([{ accountId: '1:bo' }]);
    expect((await system.get('/rest/api/3/user/search')).status).toBe(400);
    expect((await system.get('/rest/agile/1.0/board')).body.values).toMatchObject([{ id: 7, location: { projectKey: 'TILL' } }]);
    expect((await system.get('/rest/agile/1.0/board/7/sprint?state=active,future')).body.values).toMatchObject([
      { id: 71, state: 'active' },
    ]);
    expect((await system.get('/rest/agile/1.0/board/8/sprint')).status).toBe(404);
    const sprint = await system.get('/rest/software/1.0/sprint/71/issue?fields=summary&jql=assignee%20is%20empty');
    expect(sprint.body.issues).toMatchObject([{ key: 'TILL-10' }]);
    expect((await system.get('/rest/software/1.0/sprint/99/issue')).status).toBe(404);
  });

  it('paths and methods nobody knows, and the search that was removed', async () => {
    await using system = await start();
    expect((await system.get('/rest/api/3/nothing')).status).toBe(404);
    expect((await ask(`${system.jira.url}/rest/api/3/myself`, { method: 'PATCH', headers: basic })).status).toBe(405);
    expect((await system.get('/rest/api/3/search?jql=x')).status).toBe(410);
  });
});

describe('many issues at once', () => {
  it('are fetched by id or key, those one sees; others are left out without a word', async () => {
    await using system = await start();
    const fetchAll = (issueIdsOrKeys: unknown) =>
      ask(`${system.jira.url}/rest/api/3/issue/bulkfetch`, {
        method: 'POST',
        headers: basic,
        body: { issueIdsOrKeys, fields: ['summary'] },
      });
    const [{ id }] = (await system.search('key = TILL-10')).body.issues;
    const { body } = await fetchAll([id, 'HID-1', 'TILL-999']);
    expect(body).toMatchObject({ issues: [{ id, key: 'TILL-10', fields: { summary: expect.any(String) } }], issueErrors: [] });
    for (const wrong of [[], Array.from({ length: 101 }, (_, index) => `TILL-${index}`), undefined])
      expect((await fetchAll(wrong)).status).toBe(400);
  });
});

describe('faults a test can inject', () => {
  it('make an answer say something else than the server means', async () => {
    await using system = await start();
    system.jira.inject({ kind: 'altered', path: '/search/jql', alter: (answer) => ({ ...(answer as object), isLast: true, total: 1 }) });
    expect((await system.search('project = TILL')).body).toMatchObject({ isLast: true, total: 1 });
    expect((await system.search('project = TILL')).body.total).toBeUndefined();
  });

  it('strike the path they are meant for', async () => {
    await using system = await start();
    system.jira.inject({ kind: 'status', status: 429, path: '/search/jql', retryAfterSeconds: 5 });
    expect((await system.get('/rest/api/3/myself')).status).toBe(200);
    const limited = await system.search('project = TILL');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '5']);
    expect((await system.search('project = TILL')).status).toBe(200);
    system.jira.inject({ kind: 'dead' });
    await expect(system.get('/rest/api/3/myself')).rejects.toThrow();
    system.jira.inject({ kind: 'status', status: 503, times: 9 });
    system.jira.reset();
    expect((await system.get('/rest/api/3/myself')).status).toBe(200);
  });
});
