import { globSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfluence } from '@vera/saas-stand-in/confluence/load-confluence';
import { createPagerDuty } from '@vera/saas-stand-in/create-pagerduty';
import { loadJira } from '@vera/saas-stand-in/jira/load-jira';
import { describe, expect, it } from 'vitest';
import { demoFile, demoSeeds } from '../../src/demo-seeds.ts';
import { demoWorkspace } from '../../src/demo-workspace.ts';

const { people, jira, confluence, pagerDuty } = demoSeeds;
const wednesday = Date.parse('2026-11-25T11:00:00Z');
const documents = new Map(
  globSync('**/*.md', { cwd: join(import.meta.dirname, '../../demo/documents') })
    .map(String)
    .toSorted()
    .map((path) => [path, demoFile(`documents/${path}`)]),
);
const allDocuments = [...documents.values()].join('\n');
const keyPattern = new RegExp(`\\b(?:${jira.projects.map(({ key }) => key).join('|')})-\\d+\\b`, 'g');
const castOf = (readme: string) => [...readme.matchAll(/^\| \*{0,2}([A-Z][a-z]+ [A-Z][a-z]+)\*{0,2} \|/gm)].map(([, name]) => name);

describe('the people', () => {
  it('are the cast, and nobody else', () => {
    const cast = castOf(demoFile('README.md')).filter((name) => name !== 'Joris Vermeer' && name !== 'Lena Fischer');
    expect(cast.length).toBeGreaterThan(10);
    expect(people.map(({ name }) => name).filter((name) => name !== 'Vera')).toEqual(cast);
    for (const { name } of pagerDuty.users) expect(cast).toContain(name);
  });

  it('have in each system the e-mail they have in Slack', () => {
    const bySlack = new Map(demoWorkspace.users.map(({ realName, email }) => [realName, email]));
    for (const { name, email } of [...people, ...pagerDuty.users]) {
      if (bySlack.has(name)) expect(email).toBe(bySlack.get(name));
    }
  });

  it('include Vera, whose account writes nothing and is in no restricted place', () => {
    expect(people.filter(({ readsOnly }) => readsOnly).map(({ name }) => name)).toEqual(['Vera']);
    for (const { members } of [...jira.projects, ...confluence.spaces]) expect(members ?? []).not.toContain('vera');
  });
});

describe('Jira', () => {
  const state = loadJira(jira, { people, url: 'https://northwind-clinic.example', now: () => wednesday });
  const issue = (key: string) => state.issues.find((one) => one.key === key);

  it('has about a hundred issues, in the projects of the canon, each with a number of its own below the next', () => {
    expect(jira.issues.length).toBeGreaterThan(99);
    expect(new Set(jira.issues.map(({ key }) => key)).size).toBe(jira.issues.length);
    const [, named = ''] = /Jira projects: ([A-Z, ]+)\./.exec(demoFile('README.md')) ?? [];
    expect(jira.projects.map(({ key }) => key)).toEqual(named.split(', '));
    for (const { key, nextNumber } of jira.projects) {
      const numbers = jira.issues.filter((one) => one.key.startsWith(`${key}-`)).map((one) => Number(one.key.split('-')[1]));
      expect(numbers.length).toBeGreaterThan(5);
      expect(nextNumber).toBeGreaterThan(Math.max(...numbers));
    }
  });

  it('has every issue that a document, a page or an incident names', () => {
    const named = [allDocuments, JSON.stringify(confluence), JSON.stringify(pagerDuty), JSON.stringify(jira)].flatMap(
      (text) => text.match(keyPattern) ?? [],
    );
    expect(new Set(named).size).toBeGreaterThan(40);
    for (const key of new Set(named)) expect(issue(key), key).toBeDefined();
  });

  it('agrees with the actions of the reviews: who did it, and on which day', () => {
    const actions = [...allDocuments.matchAll(/\| ([A-Z][a-z]+) \| ([A-Z]+-\d+) \| done (\d+ [A-Z][a-z]+)(?: (\d{4}))? \|/g)];
    expect(actions.length).toBeGreaterThan(9);
    for (const [, firstName, key = '', day = '', year] of actions) {
      const { assignee, resolved, labels } = issue(key)!;
      expect(people.find(({ accountId }) => accountId === assignee)?.name.split(' ')[0], key).toBe(firstName);
      expect(new Date(resolved!).toISOString().slice(0, 10), key).toBe(new Date(`${day} ${year ?? 2026} UTC`).toISOString().slice(0, 10));
      expect(labels, key).toContain('incident-action');
    }
  });

  it('has the fix of INC-482 in review with Elena, to be released on Wednesday', () => {
    expect(issue('PAY-1432')).toMatchObject({
      status: 'In Review',
      duedate: '2026-11-25',
      assignee: people.find(({ handle }) => handle === 'elena')?.accountId,
    });
    expect(issue('PAY-1428')?.summary).toContain('INC-482');
  });

  it('is in order: nothing done before it was made, parents and sprints and components exist, nothing is from the future', () => {
    for (const one of state.issues) {
      const { key, created, updated, resolved, parent, comments, components, project } = one;
      expect(resolved ?? created, key).toBeGreaterThanOrEqual(created);
      expect(updated, key).toBeLessThanOrEqual(wednesday);
      for (const comment of comments) expect(comment.created, key).toBeGreaterThanOrEqual(created);
      if (parent !== null) expect(issue(parent), key).toBeDefined();
      const known = state.projects.find((place) => place.key === project)?.components;
      for (const component of components) expect(known, key).toContain(component);
      for (const id of one.sprints)
        expect(
          state.sprints.some((sprint) => sprint.id === id),
          key,
        ).toBe(true);
    }
  });

  it('is told in any week', () => {
    for (const now of ['2026-11-23T09:00:30Z', '2027-04-02T07:00:00Z', '2028-02-29T23:59:59Z']) {
      const moved = loadJira(jira, { people, url: '', now: () => Date.parse(now) });
      for (const { updated } of moved.issues) expect(updated).toBeLessThanOrEqual(Date.parse(now));
      const [active] = moved.sprints.filter((sprint) => sprint.state === 'active');
      expect(active?.start).toBeLessThan(Date.parse(now));
    }
  });
});

describe('Confluence', () => {
  it('has the spaces of the canon, homepages, and parents that exist in the same space', () => {
    const [, named = ''] = /Confluence spaces: ([A-Z, ]+)\./.exec(demoFile('README.md')) ?? [];
    expect(confluence.spaces.map(({ key }) => key)).toEqual(named.split(', '));
    const state = loadConfluence(confluence, { people, url: '', now: () => wednesday });
    expect(state.pages.length).toBeGreaterThan(25);
    for (const { title, parentId, space, id } of state.pages) {
      const home = confluence.spaces.find(({ key }) => key === space)?.homepage;
      if (parentId === null) expect(id, title).toBe(home);
      else expect(state.pages.find((one) => one.id === parentId)?.space, title).toBe(space);
    }
  });
});

describe('PagerDuty', () => {
  it('has one service for each service of the canon', () => {
    const [, table = ''] = /## Services\n([\s\S]+?)\n\n[A-Z]/.exec(demoFile('README.md')) ?? [];
    const named = [...table.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    expect(named.length).toBe(10);
    expect(pagerDuty.services.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
  });

  it('names incidents of the documents by their numbers, and begins them when the documents do', () => {
    const numbers = new Set(allDocuments.match(/\bINC-\d{3}\b/g));
    const titles = pagerDuty.incidents.map(({ title }) => title).join('\n');
    for (const number of numbers) expect(titles).toContain(number);
    for (const [number, begun] of Object.entries({
      'INC-417': '2026-03-12T08:20',
      'INC-455': '2026-08-04T09:14',
      'INC-482': '2026-11-19T18:42',
    })) {
      expect(pagerDuty.incidents.find(({ title }) => title.startsWith(number))).toMatchObject({ created: begun, priority: 'SEV2' });
      const [, hour = ''] = begun.split('T');
      const document = [...documents].find(([path]) => path.includes(number.toLowerCase()))?.[1];
      expect(document).toContain(hour);
    }
  });

  it('was answered by whoever was on call then', async () => {
    await using server = await createPagerDuty({ seed: pagerDuty, apiKeys: ['k'], now: () => wednesday });
    for (const { title, acknowledged } of pagerDuty.incidents) {
      if (!acknowledged || acknowledged.at.startsWith('now')) continue;
      const names = await onCallNames(server.url, `${acknowledged.at}:00Z`);
      const { name } = pagerDuty.users.find(({ handle }) => handle === acknowledged.by)!;
      expect(names, title).toContain(name);
    }
  });

  it('has on call whom the rota of the documents has, week by week', async () => {
    await using server = await createPagerDuty({ seed: pagerDuty, apiKeys: ['k'], now: () => wednesday });
    const rota = documents.get('on-call/on-call.md') ?? '';
    let compared = 0;
    for (const team of ['Payments', 'Platform', 'Care']) {
      const [, section = ''] = new RegExp(`## ${team}[^\\n]* rota[^\\n]*\\n([\\s\\S]+?)(?=\\n## )`).exec(rota) ?? [];
      for (const [, week, primary, secondary] of section.matchAll(/^\| (\d{4}-\d\d-\d\d) \| ([A-Za-z ]+?) \| ([A-Za-z ]+?) \|/gm)) {
        const at = `${week}T09:00:00Z`;
        expect(await scheduleName(server.url, `${team} primary`, at), `${team} ${week}`).toBe(primary);
        expect(await scheduleName(server.url, `${team} secondary`, at), `${team} ${week}`).toBe(secondary);
        compared += 1;
      }
    }
    expect(compared).toBe(25);
  });
});

const headers = { authorization: 'Token token=k' };

async function onCallNames(url: string, at: string): Promise<string[]> {
  const response = await fetch(`${url}/oncalls?since=${at}&until=${at}&limit=100`, { headers });
  const { oncalls } = (await response.json()) as { oncalls: { user: { summary: string } }[] };
  return oncalls.map(({ user }) => user.summary);
}

async function scheduleName(url: string, name: string, at: string): Promise<string | undefined> {
  const id = pagerDuty.schedules.find((one) => one.name === name)?.id;
  const response = await fetch(`${url}/schedules/${id}/users?since=${at}&until=${at}`, { headers });
  const { users } = (await response.json()) as { users: { name: string }[] };
  expect(users).toHaveLength(1);
  return users[0]?.name;
}
