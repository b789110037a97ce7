import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { totalRowsOf } from '../../src/tables/total-rows.ts';
import { asking } from './asking.ts';
import { madeTable } from './made-table.ts';

describe('total rows', () => {
  const sheet = (rows: [string, number][]) => madeTable(['Region', 'Amount:number'], rows);
  const regions: [string, number][] = [
    ['Kiel', 25],
    ['Hamburg', 25],
    ['North total', 50],
    ['Munich', 25],
    ['Ulm', 25],
    ['South total', 50],
    ['Grand total', 100],
  ];

  it('are left out and named, or taken in when asked for', async () => {
    const { ask } = asking(sheet(regions));
    const text = await ask({ compute: [{ of: 'sum', column: 'Amount' }] });
    expect(text).toContain('\n| 100\n');
    expect(text).toContain('Note: 3 total rows (North total, South total, Grand total) of the table left out.');
    expect(await ask({ sort: [{ column: 'Amount', descending: true }], top: 1 })).not.toContain('Grand total |');
    expect(await ask({ compute: [{ of: 'sum', column: 'Amount' }], with_totals: true })).toMatch(/\n\| 300\n.*may count twice/s);
  });

  test.each([
    [
      [
        ['a', 1],
        ['b', 2],
        ['Total', 3],
      ],
      ['Total'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['Summe', 4],
      ],
      ['Summe'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['Gesamt:', 3],
      ],
      ['Gesamt'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['合計', 3],
      ],
      ['合計'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['', 3],
      ],
      ['the unnamed row 3'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['Total North', 3],
        ['c', 4],
      ],
      ['Total North'],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['Total Wine', 9],
        ['c', 4],
      ],
      [],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['Lump sum', 9],
      ],
      [],
    ],
    [
      [
        ['a', 1],
        ['b', 2],
        ['', 9],
      ],
      [],
    ],
    [
      [
        ['Totalenergies', 1],
        ['b', 2],
        ['Summer camp', 3],
      ],
      [],
    ],
    [
      [
        ['Subtotal', 3],
        ['a', 1],
        ['b', 2],
      ],
      ['Subtotal'],
    ],
  ] as [[string, number][], string[]][])('%j', (rows, names) => {
    expect(totalRowsOf(sheet(rows)).names).toEqual(names);
  });

  test.each([
    [
      'days have their date for a name',
      ['Day:date', 'Count:number'],
      [
        ['2026-01-01', 1],
        ['2026-01-02', 2],
        ['2026-01-03', 3],
      ],
      [],
    ],
    [
      'years have their number',
      ['Year:number', 'Count:number'],
      [
        [2024, 1],
        [2025, 2],
        [4049, 3],
      ],
      [],
    ],
    ['numbers alone have none', ['Count:number'], [[1], [2], [3]], []],
    [
      'a company among others is no sum',
      ['Supplier', 'Amount:number'],
      [
        ['BP', 10],
        ['Shell', 20],
        ['Total', 15],
        ['Esso', 5],
      ],
      [],
    ],
    [
      'a product in the first row is no sum',
      ['Product', 'Amount:number'],
      [
        ['Colgate Total', 10],
        ['Elmex', 20],
        ['Signal', 15],
      ],
      [],
    ],
    [
      'a sum may stand above what it adds up',
      ['Region', 'Amount:number'],
      [
        ['Total', 3],
        ['a', 1],
        ['b', 2],
      ],
      ['Total'],
    ],
    [
      'a sum may be of one row, and of rounded numbers',
      ['Region', 'Amount:number'],
      [
        ['Kiel', 25],
        ['North total', 25],
        ['Ulm', 10.004],
        ['Munich', 10.004],
        ['South total', 20.01],
        ['Total', 45.01],
        ['Average', 15],
      ],
      ['North total', 'South total', 'Total', 'Average'],
    ],
    [
      'shares add up where there is nothing else',
      ['Region', 'Share:percent'],
      [
        ['a', 0.4],
        ['b', 0.6],
        ['Total', 1],
      ],
      ['Total'],
    ],
  ])('%s', (_, columns, rows, names) => {
    expect(totalRowsOf(madeTable(columns, rows as (string | number)[][])).names).toEqual(names);
  });

  it.each(
    'Gesamtergebnis Totalsumma Eindtotaal Hovedtotal Razem Celkem Yhteensä Ogółem Összesen Σύνολο المجموع 총합계 Gesamtbetrag TTL'.split(
      ' ',
    ),
  )('are called %s elsewhere', (name) =>
    expect(
      totalRowsOf(
        madeTable(
          ['Region', 'Amount:number'],
          [
            ['a', 10],
            ['b', 20],
            [name, 30],
          ],
        ),
      ).names,
    ).toEqual([name]),
  );

  it.each([
    [
      'every block may be of one row',
      'North 25, North total 25, South 25, South total 25, Grand total 50',
      ['North total', 'South total', 'Grand total'],
    ],
    [
      'a word may stand ahead',
      'Kiel 25, Bonn 5, Total North 30, South 7, Total South 7, Total Energies 90',
      ['Total North', 'Total South'],
    ],
    [
      'unnamed ones in between count where the last is one of all',
      'a 10, b 20, 30, c 5, d 6, 11, 41',
      [3, 6, 7].map((row) => `the unnamed row ${row}`),
    ],
    ['an unnamed row that happens to add up others is none where no end says so', 'a 10, b 20, 30, c 5', []],
    ['an average that is none is an ordinary row', 'a 10, b 20, Average Joe 90', []],
    ['a word of many alphabets may have signs around it', 'a 10, b 20, ** TOTAL (EUR) ** 30', ['** TOTAL (EUR) **']],
    [
      'what is carried forward was counted',
      'a 10, b 5, Zwischensumme 15, c 20, Übertrag 35, d 5, Gesamt 40',
      ['Zwischensumme', 'Übertrag', 'Gesamt'],
    ],
    ['also where nothing was summed up before', 'a 10, b 5, Carried forward 15, c 20, Total 35', ['Carried forward', 'Total']],
    ['where most rows say so, none is', 'Total 1, Total 2, Net 9', []],
    ['a month of noughts is no month', 'Jan 5, Feb 0, Mar 0, Apr 0, May 0, Jun 5', []],
    ['nor are several', 'a 1, b 0, c 0, d 0, e 0, f 1', []],
    ['a company may be called so', 'Shell 5, Total Energies 5, BP 7', []],
    ['or a column of an insurance', 'a 7, Sum insured 7, b 3', []],
    ['or a firm', 'a 7, Grand Totals Ltd 2, b 3', []],
    ['or a meeting', 'a 5, b 5, All hands 10, c 7', []],
    ['or an offer', 'Basic 2, Plus 3, All inclusive 5, None 4', []],
    ['or a team', 'Sales 12, Ops 8, Media 10, IT 50', []],
    ['or a part of one', 'Sales 12, Ops 8, Media - Print 10', []],
    ['or a size', 'a 5, b 15, ø 10 mm 10', []],
    ['equal rows have no average of their own', 'Sales 10, Ops 10, Media 10', []],
    ['an average stands at the end', 'a 10, b 20, Total 30, Media 15', ['Total', 'Media']],
  ])('%s: %s', (_, written, names) => {
    const rows = written.split(', ').map((row): [string | null, number] => {
      const [, label = '', amount] = /^(?:(.*) )?(\d+)$/.exec(row) ?? [];
      return [label || null, Number(amount)];
    });
    expect(totalRowsOf(madeTable(['Region', 'Amount:number'], rows)).names).toEqual(names);
  });

  it('are not looked for in what a query made', async () => {
    const rows: [string | null, number][] = [
      ['Ann', 3],
      ['Bob', 2],
      [null, 2.5],
      [null, 2.5],
      ['Total', 1.5],
    ];
    const { ask } = asking(madeTable(['Who', 'Amount:number', 'Note'], [...rows.map((row) => [...row, 'x']), ['Cy', 7, 'y']]));
    const grouped = { group_by: ['Who'], compute: [{ of: 'sum', column: 'Amount' }], where: [{ column: 'Note', is: '=', value: 'x' }] };
    expect(await ask({ table: 'table-1', ...grouped, sort: [{ column: 'sum of Amount', descending: true }] })).toContain('Total | 1.5');
    expect(await ask({ table: 'table-2', compute: [{ of: 'sum', column: 'sum of Amount' }] })).toContain('\n| 11.5\n');
    await ask({ table: 'table-1', ...grouped, where: [{ column: 'Who', is: '!=', value: 'Total' }, ...grouped.where] });
    expect(await ask({ table: 'table-4', compute: [{ of: 'sum', column: 'sum of Amount' }] })).toContain('\n| 10\n');
  });

  it('any sums over any groups of rows do not count twice', () => {
    const groups = fc.array(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.constantFrom('Total %', '% total', 'Subtotal %', 'Zwischensumme %'), (given, form) => {
        const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
        const rows = given.flatMap((values, at) => [
          ...values.map((value, index): [string, number] => [`region ${at}-${index}`, value]),
          [form.replace('%', `part ${at}`), sum(values)] as [string, number],
        ]);
        const { rows: totals } = totalRowsOf(sheet([...rows, ['Grand total', sum(given.flat())]]));
        expect(totals.size).toBe(given.length + 1);
      }),
    );
  });
});
