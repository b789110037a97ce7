import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test, vi } from 'vitest';
import { says } from '../src/checks.ts';
import type { EvalCase } from '../src/eval-case.ts';
import type { EvalOptions } from '../src/options.ts';
import { playRecorded } from '../src/play-recorded.ts';
import { type RecordedTurn, readRecordings, writeRecordings } from '../src/recording/recording.ts';

const recordings = () => mkdtempSync(join(tmpdir(), 'eval-'));
const replay = { mode: 'replay', isStrict: false } as const;
const hello: EvalCase = { name: 'hello', steps: [{ says: 'hello' }], checks: [says('Hello')] };
const play = (one: EvalCase, folder: string, options: Partial<EvalOptions> = {}) =>
  playRecorded(one, join(folder, 'topic.yaml'), { ...replay, recordings: folder, ...options });

/** A folder in which the model says this to the case. */
async function recordedBy(one: EvalCase, ...turns: readonly RecordedTurn[]): Promise<string> {
  const folder = recordings();
  writeRecordings(join(folder, 'topic.yaml'), { [one.name]: { by: 'hand', exchanges: turns.map((turn) => ({ says: turn })) } });
  await play(one, folder, { mode: 'update' }).catch(() => undefined);
  return folder;
}

describe('a case', () => {
  test('M35 without a recording fails, writes nothing and asks no model that there is', async () => {
    let requests = 0;
    await using model = await listen(() => {
      requests += 1;
      return Response.json({ data: [{ id: 'm' }] });
    });
    vi.stubEnv('VERA_MODEL_URL', model.url);
    vi.stubEnv('CI', undefined);
    const folder = recordings();
    await expect(play(hello, folder)).rejects.toThrow(/No recorded answer for .*hello/);
    expect([requests, readdirSync(folder)]).toEqual([0, []]);
  });

  test('passes with one, and fails by what it checks', async () => {
    const folder = await recordedBy(hello, 'Hello!');
    expect(await play(hello, folder)).toMatchObject({ modelCalls: 1, differences: [] });
    await expect(play({ ...hello, checks: [says('Goodbye')] }, folder)).rejects.toThrow('says Goodbye: it says: Hello!');
  });

  test('M36 whose call failed fails, though the words of the failure hold what is looked for', async () => {
    const one = { ...hello, checks: [says(/language model/)] };
    await expect(play(one, await recordedBy(one, ['The language model', { stop: 'malformed_model_output' }]))).rejects.toThrow(
      /it ended failed \(broken-off\)/,
    );
  });

  test('M36 without a single check fails', async () => {
    const one = { ...hello, checks: [] };
    await expect(play(one, await recordedBy(one, 'Hello!'))).rejects.toThrow('it has no check');
  });

  test('for which one answer of two is recorded fails, also where its checks hold', async () => {
    const one = {
      ...hello,
      steps: [{ says: 'hello' }, { says: 'hello again' }],
      checks: [says(/./)],
      ends: { state: 'failed', reason: 'unexpected' },
    } as const;
    await expect(play(one, await recordedBy(one, 'Hello!'))).rejects.toThrow(/No recorded answer for .*hello again/);
  });

  test('of a changed prompt is told with the difference, and fails only where it is strict', async () => {
    const folder = await recordedBy(hello, 'Hello!');
    const file = join(folder, 'topic.yaml');
    const { hello: recorded } = readRecordings(file);
    const exchanges = recorded!.exchanges.map((one) => ({ ...one, seen: { ...one.seen, situation: 'You are answering Bob.' } }));
    writeRecordings(file, { hello: { by: 'hand', exchanges } });
    const now = 'You are answering maya, in a channel thread.';
    expect((await play(hello, folder)).differences).toEqual([{ part: 'situation', before: 'You are answering Bob.', now }]);
    await expect(play(hello, folder, { isStrict: true })).rejects.toThrow(`situation is not as recorded: You are answering Bob. → ${now}`);
  });
});

test('a model that is named is asked, and what it said is played again', async () => {
  const asked: unknown[] = [];
  await using server = await listen(async (request) => {
    asked.push(await request.json());
    const piece = (delta: object, finish_reason: string | null = null) =>
      `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`;
    return new Response(`${piece({ content: 'Hello ' })}${piece({ content: 'there.' })}${piece({}, 'stop')}data: [DONE]\n\n`, {
      headers: { 'content-type': 'text/event-stream' },
    });
  });
  const folder = recordings();
  const live = { kind: 'open-ai', url: server.url, model: 'm' } as const;
  await play(hello, folder, { mode: 'record', live });
  const first = readFileSync(join(folder, 'topic.yaml'), 'utf8');
  expect(first).toMatch(/by: m\n[\s\S]*says: Hello there\./);
  await play(hello, folder, { mode: 'record', live });
  expect(readFileSync(join(folder, 'topic.yaml'), 'utf8')).toBe(first);
  expect(asked).toHaveLength(2);
  await play(hello, folder);
  expect(asked).toHaveLength(2);
});
