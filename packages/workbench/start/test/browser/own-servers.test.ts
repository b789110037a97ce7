import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { say, textOf } from '../support/page-hands.ts';
import { startCommand } from '../support/start-command.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';
import { startOwnServer } from '../support/start-own-server.ts';

const program = fileURLToPath(new URL('../support/own-server.ts', import.meta.url));

describe('a newcomer who has MCP servers of their own', () => {
  let started: StartInBrowser;
  let page: Page;
  let office: Awaited<ReturnType<typeof startOwnServer>>;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vera-'));
    await copyFile(program, join(folder, 'echo.ts'));
    office = await startOwnServer();
    const servers = [
      { name: 'echo', title: 'Echo', command: 'node', args: ['./echo.ts', 'stdio'], reads: 'annotated', timeouts: { openSeconds: 60 } },
      {
        name: 'office',
        title: 'The office',
        url: `${office.url}/mcp`,
        privateNetwork: true,
        headers: { authorization: 'Bearer ${OFFICE_KEY}' },
        reads: ['count_words'],
      },
    ];
    await writeFile(join(folder, 'mcp.json'), JSON.stringify(servers));
    started = await startInBrowser({ args: ['--mcp', join(folder, 'mcp.json'), '--verbose'], environment: { OFFICE_KEY: 'office-key-1' } });
    page = started.page;
  }, 60_000);
  afterAll(async () => {
    await started?.[Symbol.asyncDispose]();
    await office?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(question: string) {
    await say(page.getByTestId('composer'), `@Vera ${question}`);
    const replied = page.getByTestId('message').filter({ hasText: question }).getByTestId('reply-count');
    await replied.waitFor({ timeout: 60_000 });
    await replied.click();
    const thread = page.getByTestId('thread-pane');
    await expect.poll(() => textOf(thread), { timeout: 60_000 }).toContain(question);
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(1);
    return textOf(thread.getByTestId('message').last());
  }

  test('asks, and their program and their server over HTTP answer in the page, by configuration alone', async () => {
    await page.getByTestId('channel-it-help').click();
    expect(await ask('what does my echo server say to hello?')).toContain('You said: hello');
    expect(await ask('count words of "one two three"')).toContain('3 words');
    await page.screenshot({ path: screenshotPath('own-servers') });
    // Their keys go to their own server and nowhere else; what nobody called a read is not there.
    expect([...office.keys]).toEqual(['Bearer office-key-1']);
    expect(started.command.output()).not.toContain('office-key-1');
    expect(started.command.output()).toMatch(/"event":"mcp\.offered".*"server":"echo","listed":3,"reads":1,"writes":0/);
  });
});

describe('a file that cannot be used', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /--mcp .*: it is no JSON/],
    ['an object', '{"servers": []}', /--mcp .*: it must be a list of servers/],
    [
      'two ways',
      '[{"name":"a","url":"https://a.example.com","command":"b","reads":[]}]',
      /server 1: url: exactly one of url and command is needed\./,
    ],
    [
      'a key in it',
      '[{"name":"a","url":"https://a.example.com","headers":{"authorization":"Bearer x"},"reads":[]}]',
      /server 1: headers\.authorization: a key does/,
    ],
    [
      'a key that is not there',
      '[{"name":"a","command":"b","environment":{"T":"${NOT_SET}"},"reads":[]}]',
      /NOT_SET must be in your environment/,
    ],
  ])('%s is told in one sentence', async (_, text, words) => {
    const folder = await mkdtemp(join(tmpdir(), 'vera-'));
    await writeFile(join(folder, 'mcp.json'), text);
    const command = startCommand(['--port', '0', '--mcp', join(folder, 'mcp.json')]);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(words);
    expect(command.output().trim().split('\n')).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });
});
