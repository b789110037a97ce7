import { describe, expect, it } from 'vitest';
import { asking } from './asking.ts';
import { madeTable } from './made-table.ts';

describe('sums', () => {
  it.each([
    ['an empty name', 'N A 5, N B 6, N _ 11, S C 1, S D 2, S _ 3, _ _ 14', 14],
    ['NULL', 'N A 5, N B 6, N NULL 11, S C 1, S D 2, S NULL 3, NULL NULL 14', 14],
    ['a star', 'N A 5, N B 6, N * 11, S C 1, S D 2, S * 3, * * 14', 14],
    ['all', 'N A 5, N B 6, N (all) 11, S C 1, S D 2, S (all) 3, (all) (all) 14', 14],
    ['a word for it', 'N A 5, N B 6, N Total 11, S C 1, S D 2, S Total 3, Total Total 14', 14],
    ['sums first', '_ _ 14, N _ 11, N A 5, N B 6, S _ 3, S C 1, S D 2', 14],
    ['groups of one', 'N A 5, N B 6, N _ 11, S C 3, S _ 3, _ _ 14', 14],
    ['a cube', 'N A 5, N B 6, N _ 11, S A 1, S B 2, S _ 3, _ A 6, _ B 8, _ _ 14', 14],
    ['no sums, but a name that is not known', 'N A 5, N B 6, N _ 4, S C 1, S _ 2', 18],
    ['a name that is not known, and by chance a sum', 'N A 5, N B 6, N _ 11, S C 1, S D 2, S _ 4', 29],
    ['names that stand for the rows below them, too', 'N A 5, _ B 6, S A 1, _ B 2', 14],
  ])('of groups count once: %s', async (_, written, sum) => {
    const rows = written.split(', ').map((row) => row.split(' ').map((cell) => (cell === '_' ? null : cell)));
    const table = madeTable(
      ['Region', 'Team', 'Amount:number'],
      rows.map(([region = null, team = null, amount]) => [region, team, Number(amount)]),
    );
    expect(await asking(table).ask({ compute: [{ of: 'sum', column: 'Amount' }] })).toContain(`\n| ${sum}\n`);
  });

  it.each([
    ['a 11, b 22, c 33, Wszystko 66', 'Wszystko'],
    ['Kiel 25, Total North 25, Ulm 7', 'Total North'],
    ['a 5, b 6, Total 12, c 3', 'Total'],
    ['Sales 12, Ops 8, Media 10, IT 50', 'Media'],
  ])('that are none by their name or their numbers alone take part, and that is said: %s', async (written, name) => {
    const rows = written.split(', ').map((row): [string, number] => [row.replace(/ \d+$/, ''), Number(/\d+$/.exec(row)?.[0])]);
    const sum = rows.reduce((all, [, amount]) => all + amount, 0);
    const told = await asking(madeTable(['Region', 'Amount:number'], rows)).ask({ compute: [{ of: 'sum', column: 'Amount' }] });
    expect(told).toContain(`\n| ${sum}\nNote: ${name} may add up other rows, which is not sure: it took part.`);
  });
});
