import { describe, expect, it } from 'vitest';
import { createNoteAct } from '../src/create-note-act.ts';
import { append } from '../src/dynamo-chain.ts';
import { saidIn } from '../src/line.ts';
import { losingAnswers, startedAudit } from './started-audit.ts';

describe('writing a line down', () => {
  it('D33 twenty at once from two workers make one chain without a fork, and none is there twice though an answer got lost', async () => {
    await using audit = await startedAudit();
    const { params } = audit;
    const other = { ...params, dynamoDb: losingAnswers(params.dynamoDb, 'PutItem', 3) };
    const acts = Array.from({ length: 20 }, (_, at) => ({ act: 'change', outcome: 'begun', change: `c${at}` }) as const);
    await Promise.all(acts.map((act, at) => append(at % 2 === 0 ? params : other, act)));
    const lines = await audit.lines();
    expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(lines.map((line) => saidIn(line)?.change).sort()).toEqual(acts.map(({ change }) => change).sort());
    await audit.copyHead();
    expect(await audit.verified()).toEqual([]);
  });

  it('D33 a line whose answer got lost, and behind which another was written meanwhile, is known and not there twice', async () => {
    await using audit = await startedAudit();
    const { params } = audit;
    let isFirst = true;
    const door: typeof params.dynamoDb = async (name, input) => {
      const answer = await params.dynamoDb(name, input);
      if (name !== 'PutItem' || !isFirst) return answer;
      isFirst = false;
      await audit.note({ change: 'of another' });
      throw new Error('no answer');
    };
    expect((await append({ ...params, dynamoDb: door }, { act: 'change', outcome: 'begun', change: 'ours' }))?.number).toBe(1);
    expect((await audit.lines()).map((line) => saidIn(line)?.change)).toEqual(['ours', 'of another']);
  });

  it('a day does not go back where a clock does', async () => {
    await using audit = await startedAudit();
    await audit.note();
    audit.pass(-86_400_000);
    await audit.note();
    expect((await audit.lines()).map((line) => saidIn(line)?.day)).toEqual(['2026-11-28', '2026-11-28']);
  });

  it('says that it could not, in the log too, once patience is over', async () => {
    await using audit = await startedAudit();
    const denied = async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    const note = createNoteAct({ ...audit.params, dynamoDb: denied, patience: 50, log: audit.log });
    expect(await note({ act: 'change', outcome: 'begun' })).toBe(false);
    const silent = createNoteAct({ ...audit.params, dynamoDb: () => new Promise(() => {}), patience: 50, log: audit.log });
    expect(await silent({ act: 'change', outcome: 'begun' })).toBe(false);
    expect(audit.logged.map(({ event }) => event)).toEqual(['audit.failed', 'audit.failed']);
  });
});
