import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docxSample, rowsOf, xlsxSample } from '@vera/stand-in-kit/office-samples';
import { pdfSample, pngSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, it, test } from 'vitest';
import { type ChildLimits, type ChildProgram, runChild } from '../../src/files/child-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'vera-child-'));
const limits = { milliseconds: 30_000, heap: 64, resident: 200, output: 100_000 };

async function linesOf(program: ChildProgram, input: readonly Uint8Array[], most: ChildLimits, signal?: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of runChild(program, input, most, signal)) lines.push(line);
  return lines;
}

/** All lines of a program of these words, or the code of why there are none. */
async function run(code: string, more: Partial<typeof limits> = {}, signal?: AbortSignal): Promise<unknown> {
  const file = join(folder, `program-${readdirSync(folder).length}.mjs`);
  writeFileSync(file, code);
  try {
    return await linesOf({ file, readable: folder }, [Buffer.from('in\n'), Buffer.from('put')], { ...limits, ...more }, signal);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

const forEver = 'for (;;);';

describe('a program that reads a file', () => {
  test.each([
    ['fills an array', 'const all = []; for (let i = 0; i < 1e8; i += 1) all.push(i); console.log(all.length)', 'memory'],
    [
      'fills buffers',
      'const all = []; for (let i = 0; i < 300; i += 1) { all.push(Buffer.alloc(1e6, 1)); await new Promise((done) => setTimeout(done, 5)); } setTimeout(() => console.log(all.length), 2000)',
      'memory',
    ],
    ['ends in an error', 'process.exit(3)', 'failed'],
    ['says too much', "for (let i = 0; i < 1e5; i += 1) console.log('x'.repeat(100))", 'output'],
  ])('and %s is a named failure, and this process goes on', async (_, code, reason) => {
    const before = process.memoryUsage().rss;
    expect(await run(code)).toBe(reason);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it('and never ends is ended in time, or when nobody waits for it', async () => {
    expect(await run(forEver, { milliseconds: 700 })).toBe('time');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const began = performance.now();
    expect(await run(forEver, {}, stop.signal)).toBe('failed');
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('is given its input, and no environment, no other file, no child, no thread and no code of others', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      const tried = (what) => { try { what(); return 'possible'; } catch (error) { return error.code ?? error.name; } };
      let input = ''; for await (const part of process.stdin) input += part;
      console.log(JSON.stringify([input, process.env, tried(() => readFileSync('/etc/hosts')), tried(() => spawnSync('ls')), tried(() => new Worker('', { eval: true })), tried(() => eval('1'))]));`;
    const [line] = (await run(code)) as string[];
    expect(JSON.parse(line ?? '')).toEqual(['in\nput', {}, 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'EvalError']);
  });
});

describe('what ships', () => {
  const dist = join(import.meta.dirname, '../../../../dist/worker');
  const program = { file: join(dist, 'read-file.mjs'), readable: dist };
  const readAs = (kind: string, bytes: Uint8Array) =>
    linesOf(program, [Buffer.from(`${JSON.stringify({ kind, name: 'a' })}\n`), bytes], {
      ...limits,
      heap: 256,
      resident: 600,
      output: 1e6,
    });

  test.each([
    ['csv', Buffer.from('a,b\n1,2\n')],
    ['xlsx', xlsxSample({ sheets: [{ name: 'One', rows: rowsOf([['N'], [1]]) }] })],
    ['docx', docxSample('<w:p><w:r><w:t>x</w:t></w:r></w:p>')],
    ['pdf', pdfSample({ texts: ['x'] })],
    ['html', Buffer.from('<p>x</p>')],
    ['picture', pngSample(9_000, 90)],
  ])('reads a %s with nothing but its own folder', async (kind, bytes) => {
    expect(existsSync(program.file)).toBe(true);
    expect((await readAs(kind, bytes)).at(-1)).toBe('{"end":true}');
  });

  it('connects to nothing', async () => {
    const connecting = { file: join(import.meta.dirname, 'connecting-program.ts'), readable: join(import.meta.dirname, '../..') };
    const [line] = await linesOf(connecting, [], limits);
    expect(JSON.parse(line ?? '')).toEqual(Array.from({ length: 3 }, () => 'no network here'));
  });
});
