import { describe, expect, it } from 'vitest';
import { hashOf } from '../src/line.ts';
import { verify } from '../src/verify.ts';
import { day, startedAudit } from './started-audit.ts';

/** Three days: the sweeper's line begins each, then three acts. Lines 1 to 4, 5 to 8 and 9 to 12. */
async function threeDays() {
  const audit = await startedAudit();
  for (let at = 0; at < 3; at += 1) {
    if (at > 0) audit.pass(day);
    await audit.copyHead();
    for (const outcome of ['proposed', 'approved', 'begun'] as const) await audit.note({ outcome });
    await audit.copyHead();
  }
  return audit;
}

/** Written anew as somebody would who knows how: behind what stands before it, with a hash of its own. */
function forged(text: string, change: Readonly<Record<string, unknown>>) {
  const said = JSON.stringify({ ...JSON.parse(text), ...change });
  return { text: said, hash: hashOf(said) };
}

describe('verifying the chain', () => {
  it('finds nothing where nothing was touched, and begins each day by a line', async () => {
    await using audit = await threeDays();
    expect(await audit.verified()).toEqual([]);
    expect((await audit.headsNow()).map(({ day: of, number }) => [of, number])).toEqual([
      ['2026-11-28', 4],
      ['2026-11-29', 8],
      ['2026-11-30', 12],
    ]);
    expect(verify(await audit.lines(), await audit.headsNow(), audit.params.now()).facts).toEqual(['12 lines, 1 to 12, up to 2026-11-30.']);
    expect(audit.logged).toEqual([]);
  });

  it.each(['000000000006b', '0000000000061', '6', 'zzz'])(
    'names a line that somebody put under %s, where none of ours stands',
    async (key) => {
      await using audit = await threeDays();
      const [, , , , , sixth] = await audit.lines();
      const Item = { chain: { S: 'vera' }, line: { S: key }, text: { S: sixth?.text ?? '' }, hash: { S: sixth?.hash ?? '' } };
      await audit.params.dynamoDb('PutItem', { TableName: audit.params.tableName, Item });
      expect(await audit.verified()).toEqual(['A line that says to be line 6 stands where no line does: somebody put it there.']);
    },
  );

  it('D33 names a last line that was cut', async () => {
    await using audit = await threeDays();
    await audit.remove(12);
    expect(await audit.verified()).toEqual(['The end is cut: line 12 of 2026-11-30 is missing.']);
  });

  it('D33 names a last day that was cut', async () => {
    await using audit = await threeDays();
    await audit.remove(9, 10, 11, 12);
    expect(await audit.verified()).toEqual(['The end is cut: all of 2026-11-30 is missing, lines 9 to 12.']);
  });

  it('D33 names that everything was removed, and does not take empty tables for well', async () => {
    await using audit = await threeDays();
    await audit.remove(...Array.from({ length: 12 }, (_, at) => at + 1));
    expect(await audit.verified()).toEqual(['Everything is missing: lines 1 to 12, of 2026-11-28 to 2026-11-30.']);
    expect(verify([], [], audit.params.now()).findings).toEqual([
      'Nothing is there, neither a line nor a copied head: the sweeper has not run yet, or both tables were emptied.',
    ]);
  });

  it('names a day and a line that were taken out of the middle', async () => {
    await using audit = await threeDays();
    await audit.remove(2, 5, 6, 7, 8);
    expect(await audit.verified()).toEqual(['line 2 of 2026-11-28 is missing.', 'all of 2026-11-29 is missing, lines 5 to 8.']);
  });

  it('names a line that says something else', async () => {
    await using audit = await threeDays();
    const line = (await audit.lines())[5]!;
    await audit.overwrite(6, { ...line, text: line.text.replace('proposed', 'denied') });
    expect(await audit.verified()).toEqual(['Line 6 of 2026-11-29 was changed: its hash is not that of what it says.']);
  });

  it('names two lines that changed places', async () => {
    await using audit = await threeDays();
    const lines = await audit.lines();
    await audit.overwrite(6, lines[6]!);
    await audit.overwrite(7, lines[5]!);
    expect(await audit.verified()).toEqual(['Lines 6 and 7 were swapped.']);
  });

  it('names a fork', async () => {
    await using audit = await threeDays();
    const lines = await audit.lines();
    await audit.overwrite(7, forged(lines[6]!.text, { previous: lines[4]!.hash }));
    expect((await audit.verified())[0]).toBe('The chain is forked: line 7 of 2026-11-29 was written behind line 5, beside line 6.');
  });

  it('names the head that disagrees where all lines behind a change were written anew', async () => {
    await using audit = await threeDays();
    const lines = await audit.lines();
    let previous = lines[5]!.hash;
    for (const { number, text } of lines.slice(6)) {
      const anew = forged(text, { previous, ...(number === 7 ? { outcome: 'denied' } : {}) });
      await audit.overwrite(number, anew);
      previous = anew.hash;
    }
    expect(await audit.verified()).toEqual([
      'Line 8 is not the one whose hash was copied on 2026-11-29: from somewhere up to it the chain was written anew.',
    ]);
  });

  it('lets go of days by their age, in whatever order the table does, and of nothing else', async () => {
    await using audit = await threeDays();
    // The first day is over, the second one is not: it has an hour.
    audit.pass(398 * day + 15 * 3_600_000);
    await audit.remove(1, 3);
    expect(await audit.verified()).toEqual([]);
    const facts = verify(await audit.lines(), await audit.headsNow(), audit.params.now()).facts;
    expect(facts[1]).toBe('Those up to line 4, of 2026-11-28, were let go by their age.');
    await audit.remove(4, 5);
    expect(await audit.verified()).toEqual(['line 5 of 2026-11-29 is missing.']);
  });
});
