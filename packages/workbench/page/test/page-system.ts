import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { Lab } from '../src/lab.ts';
import { createPageServer } from '../src/page-server.ts';
import { createRoad, type Road } from '../src/road.ts';
import type { TraceSpan } from '../src/trace.ts';
import { createTestLab } from './test-lab.ts';
import { testDocuments, testWorkspace } from './test-workspace.ts';

export interface PageSystem extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly slack: SlackEmulator;
  readonly road: Road;
  readonly lab: Lab;
  /** By question. */
  readonly traces: Map<string, readonly TraceSpan[]>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<{ status: number; body: Record<string, unknown> }>;
  /** With headers that `fetch` would not send, and a path that it would tidy. */
  rawGet(path: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
}

/** The page's server on the real Slack emulator, with a page of three words. */
export async function startPageSystem(): Promise<PageSystem> {
  const pageFolder = await mkdtemp(join(tmpdir(), 'vera-page-'));
  await writeFile(join(pageFolder, 'index.html'), '<p>the page itself</p>');
  await writeFile(join(pageFolder, 'secret.txt'), 'not part of the page');
  const slack = await createSlackEmulator({ workspace: testWorkspace });
  const road = createRoad({ keep: 10 });
  const lab = createTestLab();
  const traces = new Map<string, readonly TraceSpan[]>();
  const seen = { slack, road, lab, spansOf: (question: string) => traces.get(question) ?? [], documentsFolder: testDocuments };
  const report = { html: async (styleUrl: string) => `<link rel="stylesheet" href="${styleUrl}">`, style: 'p { color: red }' };
  const server = await createPageServer({ ...seen, report, pageFolder, port: 0 });
  return {
    url: server.url,
    port: server.port,
    slack,
    road,
    lab,
    traces,
    async post(path, body, headers = {}) {
      const init = body instanceof FormData ? { body } : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, ...init });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    rawGet: (path, headers = {}) => rawGet(server.port, path, headers),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
      await rm(pageFolder, { recursive: true, force: true });
    },
  };
}

function rawGet(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    call.on('error', reject);
    call.end();
  });
}
