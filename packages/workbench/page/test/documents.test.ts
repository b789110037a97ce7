import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentPage, readDocumentFile } from '../src/page-server/document-page.ts';
import { type PageSystem, startPageSystem } from './page-system.ts';

let system: PageSystem;
let folder = '';
beforeAll(async () => {
  system = await startPageSystem();
  folder = await mkdtemp(join(tmpdir(), 'vera-documents-'));
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the page and its documents', () => {
  test('a document is shown as a page', async () => {
    const answer = await fetch(`${system.url}/documents/printer.md`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch('text/html');
    expect(await answer.text()).toMatch(/<h1>.+<\/h1>/);
  });

  test.each([
    '/documents/none.md',
    '/documents/',
    '/documents/../page-system.ts',
    '/documents/..%2fpage-system.ts',
    '/documents/..%2f..%2fpackage.json',
    '/documents/%2e%2e/%2e%2e/test/documents.test.ts',
    '/documents//etc/passwd',
    '/documents/printer.md%00',
    '/documents/%E0%A4%A',
    '/secret.txt',
    '/..%2findex.html',
    '/constructor',
    '/files/F0NONE',
    '/api/none',
  ])('%s is not there', async (path) => {
    const { status, text } = await system.rawGet(path, { host: '127.0.0.1' });
    expect(status).toBe(404);
    expect(text).not.toMatch(/import |root:|not part/);
  });

  test('nothing the server gives may run or load scripts of others', async () => {
    for (const path of ['/', '/api/state', '/documents/printer.md', '/none']) {
      const policy = (await fetch(`${system.url}${path}`)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe|\*/);
    }
  });

  test('the page is served, and words say what to do when it was not bundled', async () => {
    expect(await (await fetch(system.url)).text()).toContain('the page itself');
    expect(await (await fetch(`${system.url}/main.js`)).json()).toMatchObject({ error: expect.stringMatching(/bundle/) });
  });
});

describe('a document', () => {
  test('shows its title once, its owner and its date', async () => {
    await writeFile(join(folder, 'one.md'), '---\ntitle: One <b>\nowner: Ann\nupdated: 2026-11-01\n---\n# One <b>\n\nSee [two](two.md).\n');
    const page = documentPage((await readDocumentFile(folder, 'one.md'))!);
    expect(page.match(/<h1>One &lt;b&gt;<\/h1>/g)).toHaveLength(1);
    expect(page).toMatch(/Owner: Ann.*Updated: 2026-11-01/);
    expect(page).toContain('<a href="two.md"');
  });

  test('with HTML in it shows the HTML as text', async () => {
    await writeFile(join(folder, 'bad.md'), '# Bad\n\n<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n');
    const page = documentPage((await readDocumentFile(folder, 'bad.md'))!);
    expect(page).not.toMatch(/<script|<img|href="javascript/);
  });

  test('behind a link that leads out of the folder stays closed', async () => {
    await symlink(join(import.meta.dirname, '../README.md'), join(folder, 'out.md'));
    expect(await readDocumentFile(folder, 'out.md')).toBeUndefined();
  });
});
