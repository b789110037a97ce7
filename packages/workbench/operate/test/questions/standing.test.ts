import { expect, it } from 'vitest';
import { unfinished } from '../../src/questions/open-records.ts';
import { standingOf } from '../../src/questions/standing.ts';
import { tellQuestion, tellStandings } from '../../src/questions/tell-question.ts';
import { keptQuestions } from './kept-questions.ts';

const first = '1795000000.000100';

it('tells what each open question waits for, never that no worker had what one had, and what is stuck', async () => {
  await using kept = await keptQuestions();
  const look = async () => {
    const all = await unfinished(kept.ledger);
    const told = all.map((record) => ({ record, standing: standingOf(record, all, kept.now()) }));
    const head = tellStandings(told.map(({ standing }) => standing));
    return { head, lines: told.map(({ record, standing }) => tellQuestion(record, kept.now(), standing)) };
  };
  expect((await look()).head).toBe('Nothing is stuck: no question is open.');

  const asked = await kept.asked(first);
  const folded = await kept.asked('1795000001.000100', { threadTs: first });
  await kept.asked('1795000002.000100', { threadTs: first });
  const alone = await kept.asked('1795000003.000100');
  expect((await look()).lines[0]).toContain('no worker has begun');
  const lease = await kept.leased(asked);
  await lease.fold(folded.messageTs);
  expect((await look()).lines[0]).toContain('attempt 1');
  await lease.wait({ kind: 'account', provider: 'atlassian', until: kept.now() + 900_000 }, [folded.messageTs]);

  const now = await look();
  expect(now.head).toBe('Nothing is stuck: 1 on the way to a worker, 2 behind an earlier one of its thread, 1 waiting for a person.');
  const [one = '', two = '', three = '', four = ''] = now.lines;
  expect(one).toContain(`${asked.id} waiting for an account`);
  expect(one).toContain('goes on without in 15m');
  expect(two).toContain(`answered with ${asked.id}`);
  expect(three).toContain(`waits for ${asked.id}`);
  expect(`${one}${two}${three}`).not.toContain('no worker has begun');
  expect(four).toContain(`${alone.id} received`);
  expect(four).toContain('no worker has begun');

  // Nobody looks: what is due is said to be stuck, with what helps; what waits for it is not.
  kept.pass(180_000);
  const later = await look();
  expect(later.head).toMatch(/^3 questions are stuck: 1 waiting for a person\.$/);
  expect(later.lines[3]).toContain('stuck: nobody has looked at it though it was due: the sweeper does not run → pnpm vera doctor');
});

it('what is sent on again and again, and no worker takes, is stuck', async () => {
  await using kept = await keptQuestions();
  const asked = await kept.asked(first);
  const [record] = await unfinished(kept.ledger);
  const sent = { ...record!, unheldSince: kept.now() - 180_000, dueAt: kept.now() + 5_000 };
  expect(standingOf(sent, [sent], kept.now())).toMatchObject({ kind: 'stuck', remedy: `pnpm vera explain ${asked.id}` });
  expect(standingOf({ ...sent, unheldSince: kept.now() - 30_000 }, [sent], kept.now())).toEqual({ kind: 'on-its-way' });
});
