import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPages } from '../src/confluence/cql/find-pages.ts';
import { loadConfluence } from '../src/confluence/load-confluence.ts';
import { createConfluence } from '../src/create-confluence.ts';
import { SaasRefusal } from '../src/http/saas-refusal.ts';
import { ask } from './ask.ts';
import { basic, confluenceSeed, createSite, people, tuesday } from './small-clinic.ts';

async function start(seed = confluenceSeed) {
  const site = createSite();
  const wiki = await createConfluence({ seed, site, now: () => tuesday });
  site.tokens.grant('of-ana', { accountId: '1:ana' });
  const get = (path: string) => ask(wiki.url + path, { headers: basic });
  const ana = (method: string, path: string, body?: unknown) =>
    ask(`${wiki.url}/ex/confluence/cloud-1${path}`, {
      method,
      headers: { authorization: 'Bearer of-ana' },
      ...(body === undefined ? {} : { body }),
    });
  return { wiki, site, get, ana, [Symbol.asyncDispose]: () => wiki[Symbol.asyncDispose]() };
}

const state = loadConfluence(confluenceSeed, { people, url: 'https://clinic.example', now: () => tuesday });
const reader = people[2]!;
const titlesOf = (cql: string) => findPages(cql, reader, state).map(({ title }) => title);

describe('CQL', () => {
  it.each([
    ['type = page AND text ~ "settlement"', ['Settlement files', 'Settlement history']],
    ['title ~ "settlement hist*"', ['Settlement history']],
    ['title = "settlement files"', ['Settlement files']],
    ['space = ENG and text ~ "v4"', ['Settlement files']],
    ['space in ("ENG", "OPS") AND label = runbook', ['Settlement files']],
    ['ancestor = 1 ORDER BY title DESC', ['Settlement history', 'Settlement files']],
    ['parent = 2', ['Settlement history']],
    ['lastmodified >= now("-1w")', ['Settlement files']],
    ['lastmodified < "2026-11-01" AND NOT title ~ engineering', ['Settlement history']],
    ['creator = currentUser()', []],
    ['creator = "1:ana" order by lastmodified desc, title', ['Settlement files', 'Engineering', 'Settlement history']],
    ['siteSearch ~ "corvo sends"', ['Settlement files']],
  ])('%s', (cql, titles) => {
    expect(titlesOf(cql)).toEqual(titles);
  });

  it.each([
    ['', ''],
    ['type =', 'type ='],
    ['colour = red', "Unsupported CQL field 'colour' for this resource"],
    ['space ~ ENG', "Unsupported operator '~' for field 'space'"],
    ['lastmodified > soon', "Invalid date 'soon'"],
    ['text ~ "unfinished', 'text ~ "unfinished'],
    ['label is empty', "Unsupported operator 'is' for field 'label'"],
  ])('refuses %j', async (cql, reason) => {
    await using system = await start();
    const { status, body } = await system.get(`/wiki/rest/api/search?cql=${encodeURIComponent(cql)}`);
    expect([status, body.statusCode]).toEqual([400, 400]);
    expect(body.message).toBe(`com.atlassian.confluence.api.service.exceptions.api.BadRequestException: Could not parse cql : ${reason}`);
  });

  it('is answered or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cql) => {
        try {
          return Array.isArray(titlesOf(`text ~ x AND ${cql}`));
        } catch (error) {
          return error instanceof SaasRefusal && error.status === 400;
        }
      }),
    );
  });
});

describe('reading Confluence', () => {
  it('a search gives excerpts, links and how many there are; hidden spaces give nothing', async () => {
    await using system = await start();
    const { body } = await system.get('/wiki/rest/api/search?cql=text~settlement');
    expect(body).toMatchObject({ start: 0, limit: 25, size: 2, totalSize: 2, _links: { base: `${system.wiki.url}/wiki` } });
    expect(body.results[0]).toMatchObject({
      content: { id: '2' },
      excerpt: 'Corvo sends v4 files.',
      url: '/spaces/ENG/pages/2/Settlement+files',
      resultGlobalContainer: { title: 'Engineering' },
    });
    expect(body._links).not.toHaveProperty('next');
  });

  it('pages, what is below them, comments, spaces', async () => {
    await using system = await start();
    const page = await system.get('/wiki/api/v2/pages/2?body-format=storage&include-labels=true');
    expect(page.body).toMatchObject({
      title: 'Settlement files',
      spaceId: '100',
      parentId: '1',
      version: { number: 4 },
      body: { storage: { value: '<p>Corvo sends <code>v4</code> files.</p>' } },
      labels: { results: [{ name: 'runbook' }] },
    });
    const adf = await system.get('/wiki/api/v2/pages/2?body-format=atlas_doc_format');
    expect(JSON.parse(adf.body.body.atlas_doc_format.value)).toMatchObject({ type: 'doc' });
    expect((await system.get('/wiki/api/v2/pages/1/direct-children')).body.results).toMatchObject([{ id: '2', type: 'page' }]);
    expect((await system.get('/wiki/api/v2/pages/3/footer-comments?body-format=storage')).body.results).toMatchObject([
      { body: { storage: { value: '<p>Good &lt;page&gt;</p>' } }, version: { authorId: '1:bo' } },
    ]);
    expect((await system.get('/wiki/api/v2/spaces')).body.results.map((one: { key: string }) => one.key)).toEqual(['ENG']);
    expect((await system.get('/wiki/api/v2/spaces/100')).body).toMatchObject({ key: 'ENG', homepageId: '1' });
    expect((await system.get('/wiki/api/v2/pages?title=Engineering&space-id=100')).body.results).toMatchObject([{ id: '1' }]);
  });

  it('what is missing, hidden or misspelt is refused', async () => {
    await using system = await start();
    for (const path of ['/wiki/api/v2/pages/77', '/wiki/api/v2/pages/9', '/wiki/api/v2/spaces/101', '/wiki/api/v2/nothing']) {
      expect(await system.get(path), path).toMatchObject({ status: 404, body: { errors: [{ code: 'NOT_FOUND' }] } });
    }
    expect((await system.get('/wiki/api/v2/pages/two')).body.errors[0].title).toContain(
      "Provided value {two} for 'id' is not the correct type",
    );
    expect((await ask(`${system.wiki.url}/wiki/api/v2/pages/1`)).status).toBe(401);
  });

  it('pages by cursor cover everything exactly once, as the links say', async () => {
    const pages = Array.from({ length: 13 }, (_, index) => ({
      ...confluenceSeed.pages[1]!,
      id: String(500 + index),
      title: `Settlement ${index}`,
    }));
    await using system = await start({ ...confluenceSeed, pages: [confluenceSeed.pages[0]!, ...pages] });
    for (const path of ['/wiki/api/v2/pages/1/direct-children?limit=4', '/wiki/rest/api/search?cql=title~settlement&limit=4']) {
      const seen: string[] = [];
      for (let next: string | undefined = path; next; ) {
        const { body } = await system.get(next);
        expect(body.results.length).toBeLessThanOrEqual(4);
        seen.push(...body.results.map((one: { id?: string; content?: { id: string } }) => one.id ?? one.content?.id));
        const link: string | undefined = body._links.next;
        next = link === undefined ? undefined : link.replace(/^(?!\/wiki)/, '/wiki');
      }
      expect(seen).toHaveLength(13);
      expect(new Set(seen).size).toBe(13);
    }
    const { body } = await system.get('/wiki/api/v2/pages/1/direct-children?limit=4');
    const cursor = new URLSearchParams(body._links.next.split('?')[1]).get('cursor');
    const elsewhere = `/wiki/rest/api/search?cql=title~settlement&cursor=${encodeURIComponent(cursor ?? '')}`;
    expect((await system.get(elsewhere)).status).toBe(400);
  });
});

describe('writing to Confluence as a person', () => {
  const page = (more: object = {}) => ({
    spaceId: '100',
    status: 'current',
    title: 'Minutes',
    body: { representation: 'storage', value: '<p>We met.</p>' },
    ...more,
  });

  it('a new page is theirs, below the homepage unless told, and is found', async () => {
    await using system = await start();
    const made = await system.ana('POST', '/wiki/api/v2/pages', page());
    expect(made).toMatchObject({ status: 200, body: { authorId: '1:ana', parentId: '1', version: { number: 1 } } });
    const document = {
      type: 'doc',
      version: 1,
      content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Zebra' }] }],
    };
    await system.ana(
      'POST',
      '/wiki/api/v2/pages',
      page({ title: 'As a document', parentId: '2', body: { representation: 'atlas_doc_format', value: JSON.stringify(document) } }),
    );
    expect((await system.get('/wiki/rest/api/search?cql=text~zebra')).body.results).toMatchObject([{ title: 'As a document' }]);
    await system.ana('POST', '/wiki/api/v2/footer-comments', {
      pageId: made.body.id,
      body: { representation: 'storage', value: '<p>Yes</p>' },
    });
    expect((await system.get(`/wiki/api/v2/pages/${made.body.id}/footer-comments`)).body.results).toMatchObject([
      { version: { authorId: '1:ana' } },
    ]);
  });

  it('a change needs the next version; a stale one is a conflict', async () => {
    await using system = await start();
    const change = (number: number) =>
      system.ana('PUT', '/wiki/api/v2/pages/2', { ...page(), id: '2', version: { number, message: 'more' } });
    for (const stale of [4, 3, 6]) {
      expect(await change(stale)).toMatchObject({
        status: 409,
        body: { errors: [{ code: 'CONFLICT', title: expect.stringContaining('Current version: [4]') }] },
      });
    }
    expect(await change(5)).toMatchObject({
      status: 200,
      body: { title: 'Minutes', version: { number: 5, authorId: '1:ana', message: 'more' } },
    });
    expect((await change(5)).status).toBe(409);
  });

  it('what is wrong is refused', async () => {
    await using system = await start();
    const post = async (body: unknown) => system.ana('POST', '/wiki/api/v2/pages', body);
    expect((await post(page({ title: 'Settlement files' }))).body.errors[0].title).toContain('already exists');
    for (const wrong of [
      { title: ' ' },
      { spaceId: undefined },
      { body: { representation: 'wiki2', value: 'x' } },
      { body: { representation: 'storage', value: '<p><b>x</p></b>' } },
      { body: { representation: 'storage', value: '<p>x' } },
      { body: { representation: 'storage', value: 'a < b' } },
      { body: { representation: 'atlas_doc_format', value: 'x' } },
      { parentId: '9' },
    ]) {
      expect((await post(page(wrong))).status, JSON.stringify(wrong)).toBe(400);
    }
    expect((await post(page({ spaceId: '999' }))).status).toBe(404);
    expect(
      (await post(page({ body: { representation: 'storage', value: '<ac:structured-macro ac:name="toc"/><p>a<br/>b</p>' } }))).status,
    ).toBe(200);
    expect((await ask(`${system.wiki.url}/wiki/api/v2/pages`, { method: 'POST', headers: basic, body: page() })).status).toBe(403);
  });
});
