import type { Question } from '@vera/protocol/question';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf } from './stop-of.ts';

/** Together twice what DynamoDB reads in one page, which is 1 MB. */
const questions: readonly Question[] = Array.from({ length: 1_000 }, (_, index) =>
  questionOf(`${1_000 + index}.000000`, { text: 'word '.repeat(400) }),
);
const last = questions.at(-1) as Question;

describe('a thread of a thousand questions', () => {
  let ledger: Awaited<ReturnType<typeof startedLedger>>;
  beforeAll(async () => {
    ledger = await startedLedger();
    for (let start = 0; start < questions.length; start += 20) await ledger.recorded(...questions.slice(start, start + 20));
    const records = await ledger.leases.thread(last);
    // A few at a time: who is not connected within a second gives up, and a thousand at once are that on a busy machine.
    for (let start = 0; start < records.length - 2; start += 20)
      await Promise.all(
        records
          .slice(start, Math.min(start + 20, records.length - 2))
          .map((record) => ledger.overdue.closeLost(record, 'answered', 'lost')),
      );
  });
  afterAll(async () => {
    await ledger[Symbol.asyncDispose]();
  });

  it('is read whole, oldest first', async () => {
    const records = await ledger.leases.thread(last);
    expect(records.map(({ question }) => question.messageTs)).toEqual(questions.map(({ messageTs }) => messageTs));
  });

  it('still keeps its last question behind the one before it', async () => {
    expect(await ledger.leases.lease(last, 'worker-1')).toEqual({ kind: 'behind', messageTs: '1998.000000' });
  });

  it('can still be stopped', async () => {
    expect(await ledger.inbox.requestStop(stopOf())).toMatchObject({ reached: 2 });
  });
});
