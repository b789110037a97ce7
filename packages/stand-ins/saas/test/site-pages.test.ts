import { describe, expect, it } from 'vitest';
import { createAtlassianApi } from '../src/create-atlassian-api.ts';
import { createConfluence } from '../src/create-confluence.ts';
import { createJira } from '../src/create-jira.ts';
import { confluenceSeed, createSite, jiraSeed, tuesday } from './small-clinic.ts';

async function start() {
  await using started = new AsyncDisposableStack();
  const site = createSite();
  const jira = started.use(await createJira({ seed: jiraSeed, site, now: () => tuesday }));
  const confluence = started.use(await createConfluence({ seed: confluenceSeed, site, now: () => tuesday }));
  const front = started.use(await createAtlassianApi({ jira: jira.url, confluence: confluence.url, identity: () => jira.url }));
  const running = started.move();
  return { jira, confluence, url: front.url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

describe('the site as people open it', () => {
  it('shows an issue and a page by their links, as text that neither runs nor loads anything', async () => {
    await using site = await start();
    const [issue, page] = [site.jira.issues[0]!, site.confluence.pages[0]!];
    for (const [path, words] of [
      [`/browse/${issue.key}`, issue.summary],
      [`/wiki/spaces/${page.space}/pages/${page.id}/Any+Title`, page.title],
      [`/wiki/pages/viewpage.action?pageId=${page.id}`, page.title],
    ] as const) {
      const answer = await fetch(site.url + path);
      expect(answer.status, path).toBe(200);
      expect(await answer.text()).toContain(words);
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    }
  });

  it('says so when there is none', async () => {
    await using site = await start();
    expect((await fetch(`${site.url}/browse/NONE-1`)).status).toBe(404);
    expect((await fetch(`${site.url}/wiki/pages/viewpage.action?pageId=0`)).status).toBe(404);
  });

  it('keeps the APIs to those with a token', async () => {
    await using site = await start();
    expect((await fetch(`${site.url}/ex/jira/cloud-1/rest/api/3/myself`)).status).toBe(401);
    expect((await fetch(`${site.url}/ex/confluence/cloud-1/wiki/api/v2/spaces`)).status).toBe(401);
  });
});
