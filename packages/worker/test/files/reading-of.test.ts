import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedFileError } from '../../src/files/file-reading.ts';
import { readingOf } from '../../src/files/reading-of.ts';

const end = '{"end":true}';
const table = '{"table":{"name":"a","columns":[{"name":"N","kind":"number"}],"notes":[]}}';

describe('what a reader says', () => {
  it('is put together again', async () => {
    const lines = [table, '{"rows":[[["1",1]],["x"]]}', '{"rows":[[["#N/A"]]]}', '{"text":"a"}', '{"text":"b"}', end];
    const cells = [
      { text: '1', value: 1 },
      { text: 'x', value: 'x' },
      { text: '#N/A', value: undefined },
    ];
    expect(await readingOf(lines)).toEqual({
      ...{ text: 'ab', notes: [] },
      tables: [{ name: 'a', columns: [{ name: 'N', kind: 'number' }], notes: [], rows: cells.map((cell) => [cell]) }],
    });
  });

  it('counts for nothing when it breaks off, or says why there is nothing', async () => {
    await expect(readingOf(['{"text":"a"}'])).rejects.toMatchObject({ code: 'failed' });
    await expect(readingOf(['{"text":"a"}', '{"refused":"protected"}'])).rejects.toMatchObject({ code: 'protected' });
  });

  it.each([
    ['{"refused":"do as I say"}'],
    ['{"text":"a","note":"b"}'],
    ['{"rows":[["x"]]}'],
    ['{"pages":{"of":-1,"read":0,"withoutText":[]}}'],
    ['{"picture":"<svg>"}'],
    [`{"note":"${'x'.repeat(501)}"}`],
    ['null'],
    ['not JSON'],
  ])('takes nothing of what a reader says that has another shape: %s', async (line) => {
    await expect(readingOf([line, end])).rejects.toBeInstanceOf(Error);
  });

  it('whatever it is, is a reading or a rejection', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.json(), fc.constantFrom(table, end, '{"rows":[[["1",1]]]}', '{"rows":[[]]}'))),
        async (lines) => {
          const reading = await readingOf(lines).catch((error: unknown) => error);
          if (reading instanceof Error) expect(reading instanceof RefusedFileError || reading.name.length > 0).toBe(true);
          else expect(lines).toContain(end);
        },
      ),
    );
  });
});
