import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedSpan } from '@vera/aws-stand-in/x-ray/decode-spans';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { readSpent } from '@vera/operate/cost/spent/read-spent';
import { tellExplained } from '@vera/operate/explain/explain-command';
import { type Place, placeOf } from '@vera/operate/place';
import { createRoad, type Road } from '@vera/page/road';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import { testDocuments } from '@vera/page/test/test-workspace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellRunning } from '../../src/tell-running.ts';
import { ledgerOf } from '../support/ledger-of.ts';
import { takePicture } from '../support/page-hands.ts';
import { showPage } from '../support/show-page.ts';
import { type Asked, impatient, startTestSystem, type TestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

let isHanging = false;

/** As a model that thinks before it speaks: in the picture of a trace it is to be seen. */
function thoughtful(request: ConverseRequest): ScriptedTurn {
  const turn = said(request);
  return [{ pauseMilliseconds: 500 }, ...(typeof turn === 'string' ? [{ say: turn, pieceLength: 4, pauseMilliseconds: 50 }] : turn)];
}

/** Searches the documents, asks a helper, who counts, then answers. */
function said({ messages }: ConverseRequest): ScriptedTurn {
  const all = JSON.stringify(messages);
  const results = all.match(/"toolResult"/g)?.length ?? 0;
  if (all.includes('for the helper')) return results === 0 ? [{ call: 'calculate', input: { expression: '1+1' } }] : 'It is two.';
  if (results === 0) return [{ call: 'search_knowledge_base', input: { query: 'murmeltier' } }];
  if (isHanging) return [{ hang: true }];
  if (results === 1) return [{ call: 'delegate', input: { task: 'Something for the helper' } }];
  return 'There is paper in the cellar.';
}

describe('the trace of a question', () => {
  let system: TestSystem;
  let asked: Asked;
  let spans: readonly ReceivedSpan[];
  beforeAll(async () => {
    system = await startTestSystem(scriptedModel(said), { tools: testTools() });
    asked = system.ask({ text: 'where is the murmeltier paper?' });
    await system.answered(asked);
    spans = await traceOf(system, asked);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  test('holds every hop in one tree, and its attempt below them', () => {
    expect(new Set(spans.map(({ trace }) => trace)).size).toBe(1);
    expect(hanging(spans)).toEqual([]);
    const attempt = spans.find(({ name }) => name === 'attempt');
    expect(roadTo(attempt, spans)).toEqual(['receive', 'record', 'invoke', 'attempt']);
    expect(attempt).toMatchObject({ links: [], attributes: { 'vera.question': asked.id, 'vera.attempt': 1, 'vera.outcome': 'answered' } });
    const parts = new Set(spans.map(({ name }) => name.split(' ', 1)[0]));
    for (const part of ['chat', 'create_memory', 'execute_tool', 'invoke_agent', 'retrieval', 'slack', 'tools/list'])
      expect(parts).toContain(part);
    // A loaded machine may be too slow for what memory is given.
    expect(parts.has('search_memory') || system.log.some(({ event }) => event === 'memory.not-recalled')).toBe(true);
    const helper = spans.find(({ name }) => name === 'invoke_agent helper');
    expect(roadTo(helper, spans)).toEqual([
      ...['receive', 'record', 'invoke', 'attempt'],
      ...['invoke_agent vera', 'execute_tool delegate', 'invoke_agent helper'],
    ]);
  });

  test('D34 sums up to what the ledger says it came to, whoever adds all of its spans', async () => {
    const record = await ledgerOf(system)(asked);
    expect(record?.calls).toBeGreaterThanOrEqual(5);
    expect(sumOf(spans, 'gen_ai.usage.input_tokens') + sumOf(spans, 'gen_ai.usage.output_tokens')).toBe(record?.tokens);
  });

  test('D34 explain, its lines of model calls, and cost agree with the ledger to the token, helpers included', async () => {
    const record = await ledgerOf(system)(asked);
    const folder = await mkdtemp(join(tmpdir(), 'vera-'));
    await tellRunning(system, 'http://127.0.0.1:1', folder);
    const place = placeOf({ data: folder });
    const { lines, told } = await explained(place, asked.id);
    expect(told.spent).toMatchObject({ calls: 5, tokens: record?.tokens, isAtMost: false });
    const sum = lines.reduce((tokens, words) => tokens + sumIn(words), 0);
    expect([lines.length, sum]).toEqual([5, record?.tokens]);
    const now = Date.now();
    const { total } = await readSpent({ place, period: { from: now - 3_600_000, until: now + 1 }, now });
    expect(total).toMatchObject({ questions: 1, tokens: record?.tokens });
    await rm(folder, { recursive: true, force: true });
  });

  test('holds nothing of what was said, searched or found', () => {
    expect(JSON.stringify(spans)).not.toMatch(/murmeltier|cellar|1\+1|Something for/);
  });
});

test('D31 a trace that is not kept is kept nowhere, whatever the platform says of its own', async () => {
  await using system = await startTestSystem(scriptedModel(said), { worker: { tracedShare: 0.000_000_1 } });
  const asked = system.ask({ text: 'where is the paper?' });
  await system.answered(asked);
  const record = await ledgerOf(system)(asked);
  expect(record?.question.trace?.traceparent).toMatch(/-00$/);
  await system.until(() => system.log.some(({ event }) => event === 'question.answered'), 'its end');
  expect(system.xRay.spans).toEqual([]);
});

test('the trace goes on over the death of its worker, unbroken, the next attempt is linked to the one before, and the page shows it', async () => {
  isHanging = true;
  const road = createRoad({ keep: 50 });
  const options = { timings: { ...impatient, lease: 6 }, onLog: (entry: Parameters<Road['add']>[0]) => void road.add(entry) };
  await using system = await startTestSystem(scriptedModel(thoughtful), options);
  const asked = system.ask({ text: 'where is the paper, and is there enough of it?' });
  const retrieved = () => system.xRay.spans.some(({ name }) => name.startsWith('slack chat.startStream'));
  await system.until(retrieved, 'spans of the first attempt');
  system.killWorkers(asked);
  isHanging = false;
  await system.answered(asked);
  const spans = await traceOf(system, asked);
  expect(new Set(spans.map(({ trace }) => trace)).size).toBe(1);
  expect(hanging(spans)).toEqual([]);
  const attempts = spans.filter(({ name }) => name === 'attempt').sort((one, other) => one.at - other.at);
  expect(attempts[0]).toMatchObject({ isError: true, attributes: { 'vera.outcome': 'cut-off', 'vera.component': 'worker' } });
  for (const [index, { links }] of attempts.entries()) expect(links).toEqual(index === 0 ? [] : [attempts[index - 1]?.id]);
  expect(roadTo(attempts.at(-1), spans)).toEqual(['receive', 'resend', 'invoke', 'attempt']);
  expect(spans.filter(({ parent }) => parent === attempts[0]?.id).length).toBeGreaterThan(1);
  await showTrace({ system, road, spans, attempts: attempts.length });
});

interface Explained {
  readonly spent: object;
  readonly moments: readonly { readonly words: string }[];
}

/** Once all of its lines have arrived. */
async function explained(place: Place, id: string): Promise<{ readonly told: Explained; readonly lines: readonly string[] }> {
  let told: Explained = { spent: {}, moments: [] };
  const tell = (text: string) => {
    told = JSON.parse(text) as Explained;
  };
  const lines = () => told.moments.map(({ words }) => words).filter((words) => words.startsWith('model: '));
  for (let tries = 0; tries < 20 && lines().length < 5; tries += 1) await tellExplained(place, id, { json: true, tell });
  return { told, lines: lines() };
}

/** `model: 300 tokens in (200 from its cache), 20 out`. */
function sumIn(words: string): number {
  const [, read = 0, written = 0] = /^model: (\d+) tokens? in.*?, (\d+) out/.exec(words) ?? [];
  return Number(read) + Number(written);
}

interface Shown {
  readonly system: TestSystem;
  readonly road: Road;
  readonly spans: readonly ReceivedSpan[];
  readonly attempts: number;
}

/** In the page: each span once, the failed ones marked, and attempts that lead to each other. */
async function showTrace({ system: { slack, xRay }, road, spans, attempts }: Shown): Promise<void> {
  await using shown = await showPage({ slack, road, spansOf: xRay.spansOf, documentsFolder: testDocuments });
  const { page } = shown;
  await page.getByTestId('reply-count').last().click();
  const panel = page.getByTestId('road-panel');
  await panel.getByRole('button', { name: 'Trace' }).click();
  await expect.poll(() => panel.getByTestId('span').count()).toBe(spans.length);
  expect(await panel.locator('.span.problem').count()).toBe(spans.filter(({ isError }) => isError).length);
  await page.setViewportSize({ width: 1440, height: 1000 });
  await takePicture(page, 'waterfall-page');
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 940 });
    if (width < 800) {
      await page.getByLabel('Close thread').click();
      await page.getByRole('button', { name: 'Road', exact: true }).click();
      await panel.getByRole('button', { name: 'Trace' }).click();
    }
    await panel.getByTestId('span').first().waitFor();
    await panel.screenshot({
      path: screenshotPath(`waterfall${colorScheme === 'light' && width > 800 ? '' : `-${colorScheme}-${width}`}`),
    });
  }
  const next = panel.getByRole('button', { name: 'the next attempt' });
  expect(await next.count()).toBe(attempts - 1);
  await next.last().click();
  await page.keyboard.press('Enter');
  expect(await panel.locator('.span[open]').textContent()).toContain('vera.outcome');
  expect(shown.problems).toEqual([]);
}

const looks = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
] as const;

async function traceOf(system: TestSystem, asked: Asked): Promise<readonly ReceivedSpan[]> {
  const isTold = () => system.xRay.spansOf(asked.id).some(({ attributes }) => attributes['vera.outcome'] === 'answered');
  await system.until(isTold, 'the trace of the question');
  return system.xRay.spansOf(asked.id);
}

/** Those whose parent nobody has told of. */
function hanging(spans: readonly ReceivedSpan[]): readonly string[] {
  const ids = new Set(spans.map(({ id }) => id));
  return spans.flatMap(({ name, parent }) => (parent === undefined || ids.has(parent) ? [] : [name]));
}

function roadTo(span: ReceivedSpan | undefined, spans: readonly ReceivedSpan[]): readonly string[] {
  if (!span) return [];
  return [...roadTo(span.parent === undefined ? undefined : spans.find(({ id }) => id === span.parent), spans), span.name];
}

function sumOf(spans: readonly ReceivedSpan[], name: string): number {
  return spans.reduce((sum, { attributes }) => sum + Number(attributes[name] ?? 0), 0);
}
