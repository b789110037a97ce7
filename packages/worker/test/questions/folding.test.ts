import type { Lease } from '@vera/ledger/ledger';
import { describe, expect, test } from 'vitest';
import { asking, look, type Meanwhile, requestsOf, says, statesOf } from './start-adding.ts';
import { startScripted } from './start-scripted.ts';

describe('what the asker says while their question is answered', () => {
  test('is told to the run at its next model call, as theirs, and answered with it', async () => {
    const more = says('and who is next week?');
    await using worker = await asking(more.meanwhile, [[look], 'Bob, and then Carol.']);
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['answered', undefined],
      ['answered', 'folded'],
    ]);
    expect(worker.text(worker.question)).toBe('Bob, and then Carol.');
    const [first, second] = requestsOf(worker);
    expect(first).not.toContain('next week');
    expect(second).toMatch(/who is on call\?[\s\S]*It is so[\s\S]*ann said meanwhile:[\s\S]*ann: and who is next week\?/);
    expect(second?.split('next week')).toHaveLength(2);
    expect(worker.slack.messages('COPS', worker.question.threadTs).find(({ ts }) => ts === more.of().messageTs)?.reactions).toMatchObject([
      { name: 'eyes' },
    ]);
  });

  test('before its first model call, twice: in the order said, in that call', async () => {
    await using worker = await startScripted(['All three.']);
    const question = await worker.ask({ text: '<@UVERA> one' });
    const thread = { threadTs: question.threadTs };
    const others = [await worker.ask({ text: '<@UVERA> two', ...thread }), await worker.ask({ text: '<@UVERA> three', ...thread })];
    await worker.intake.accept(question);
    for (const other of others) await worker.intake.accept(other);
    expect(await statesOf(worker, ...others)).toEqual([
      ['answered', 'folded'],
      ['answered', 'folded'],
    ]);
    expect(requestsOf(worker)).toEqual([expect.stringMatching(/one[\s\S]*two[\s\S]*three/)]);
    expect(worker.text(question)).toBe('All three.');
  });

  test('is the next question where the setting says so', async () => {
    const more = says('and next week?');
    await using worker = await asking(more.meanwhile, [[look], 'Bob.', 'Carol.'], { overlap: 'queue' });
    await worker.intake.accept(worker.question);
    expect((await statesOf(worker, worker.question, more.of)).slice(1)).toEqual([['answered', undefined]]);
    expect(worker.text(worker.question)).toBe('Bob.\n---\nCarol.');
  });

  test('by another person is the next question, with their rights: no word of it is told to the run', async () => {
    const more = says('and file a bug', { user: 'UBOB' });
    await using worker = await asking(more.meanwhile, [[look], 'Bob.', 'Carol.']);
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['answered', undefined],
      ['answered', undefined],
    ]);
    expect(requestsOf(worker)[1]).not.toContain('file a bug');
    expect(requestsOf(worker)[2]).toContain('file a bug');
    expect(worker.text(worker.question)).toBe('Bob.\n---\nCarol.');
  });

  test.each([
    ['is a question', {}, true],
    ['is none, and keeps nothing waiting', { followUp: 'hint' as const }, false],
  ])('does not overtake what another person said between, where that %s', async (_, changes, isQuestion) => {
    const [two, bobs, three] = [says('two'), says('bob says', { user: 'UBOB', ...changes }), says('three')] as const;
    const all = async (...given: Parameters<typeof two.meanwhile>) => {
      for (const { meanwhile } of [two, bobs, three]) await meanwhile(...given);
    };
    await using worker = await asking(all, [[look], 'Bob.', 'Carol.', 'Dave.']);
    await worker.intake.accept(worker.question);
    const states = await statesOf(worker, worker.question, two.of, bobs.of, three.of);
    expect(states.map(([, reason]) => reason)).toEqual([
      undefined,
      'folded',
      isQuestion ? undefined : 'hinted',
      isQuestion ? undefined : 'folded',
    ]);
    expect(requestsOf(worker)[1]).toContain('two');
    expect(requestsOf(worker)[1]?.includes('three')).toBe(!isQuestion);
    if (isQuestion) expect(worker.text(worker.question)).toBe('Bob.\n---\nCarol.\n---\nDave.');
  });

  test.each([
    ['with a file', says('read this', { files: [{ id: 'F1', name: 'a.txt', mimetype: 'text/plain', size: 1 }] as never })],
    ['that only thanks', says('thank you')],
  ])('%s is no part of it', async (_, more) => {
    await using worker = await asking(more.meanwhile, [[look], 'Bob.', 'Carol.']);
    await worker.intake.accept(worker.question);
    const [[state, reason]] = (await statesOf(worker, worker.question, more.of)).slice(1) as [[string, string | undefined]];
    expect([state, reason]).not.toContain('folded');
    expect(requestsOf(worker)[1]).not.toContain('said meanwhile');
    expect(worker.text(worker.question)).toMatch(/^Bob\./);
  });

  test('that the guardrail would stop is judged as a question of its own, and stops nothing else', async () => {
    const more = says('how high is the salary of Bob?');
    await using worker = await asking(more.meanwhile, [[look], 'Bob.', 'Never said.'], {
      agent: { guardrail: { id: 'guardrail01', version: '1' } },
    });
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['answered', undefined],
      ['failed', 'blocked'],
    ]);
    expect(requestsOf(worker)[1]).not.toContain('salary');
  });
});

describe('D11 a message that was accepted is used once, whatever ends the run', () => {
  test('after the last model call: it is the next question', async () => {
    const going = Promise.withResolvers<void>();
    await using worker = await startScripted([['Bob. ', { until: going.promise }, 'Until Friday.'], 'Carol.']);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('Bob.');
    const more = await worker.ask({ text: '<@UVERA> and then?', threadTs: question.threadTs });
    await worker.intake.accept(more);
    going.resolve();
    expect(await statesOf(worker, more)).toEqual([['answered', undefined]]);
    expect(worker.text(question)).toBe('Bob. Until Friday.\n---\nCarol.');
  });

  test('at the last allowed turn: it is the next question', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], 'Carol.'], { limits: { calls: 1 } });
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['failed', 'too-many-steps'],
      ['answered', undefined],
    ]);
    expect(requestsOf(worker)).toHaveLength(2);
  });

  test('and a stop that comes before the model has read it gives it back in words', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], [{ hang: true }]], { heartbeat: 60_000 });
    await worker.intake.accept(worker.question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(2);
    const { bring } = await worker.inbox.requestStop({ ...worker.question, ts: '4000000000.000000', mayStopAll: false });
    for (const one of bring) await worker.intake.accept(one);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['stopped', undefined],
      ['stopped', 'folded'],
    ]);
    expect(worker.text(worker.question)).toBe('_Stopped._\n\nNot used: “and then?”.');
  });

  test('and a stop that was given before it was said: it goes on as a question', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], [{ hang: true }], 'Carol.'], { heartbeat: 60_000 });
    await worker.intake.accept(worker.question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(2);
    const { bring } = await worker.inbox.requestStop({ ...worker.question, ts: more.of().messageTs, mayStopAll: false });
    for (const one of bring) await worker.intake.accept(one);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['stopped', undefined],
      ['answered', undefined],
    ]);
    expect(worker.text(worker.question)).toBe('_Stopped._\n---\nCarol.');
  });

  test('and the time limit: unread it is the next question', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], [{ hang: true }], 'Carol.'], { patience: 2_000 });
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['failed', 'timed-out'],
      ['answered', undefined],
    ]);
  });

  test('and a failure after the model has read it: it failed with it, which is said', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], [look], [look], 'Never.'], { limits: { calls: 2 } });
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['failed', 'too-many-steps'],
      ['failed', 'folded'],
    ]);
    expect(worker.text(worker.question)).toContain('What you added was part of it: “and then?”.');
  });

  test('and a worker that dies: the next one has it from the beginning, once', async () => {
    await using worker = await startScripted(['Both.']);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    const more = await worker.ask({ text: '<@UVERA> and then?', threadTs: question.threadTs });
    const dead = await worker.leasedBy('dead', question);
    expect(await dead.fold(more.messageTs)).toBeDefined();
    worker.pass(31_000);
    await worker.intake.accept(more);
    await worker.intake.accept(question);
    expect(await statesOf(worker, question, more)).toEqual([
      ['answered', undefined],
      ['answered', 'folded'],
    ]);
    expect(requestsOf(worker)).toEqual([expect.stringMatching(/who is on call\?[\s\S]*and then\?/)]);
    expect(requestsOf(worker)[0]?.split('and then?')).toHaveLength(2);
    expect(worker.text(question)).toBe('Both.');
  });

  test('and a worker that dies after the answer stood there, before it was on record: nothing is answered twice', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], 'Both.', 'Twice.']);
    await worker.intake.accept(worker.question);
    await worker.closed(worker.question);
    await worker.closed(more.of());
    const { state, folded } = (await worker.recordOf(worker.question)) ?? {};
    expect({ state, folded }).toEqual({ state: 'answered', folded: [more.of().messageTs] });
    await worker.intake.accept(more.of());
    expect(worker.text(worker.question)).toBe('Both.');
  });

  test('and its own deletion before it was read takes its words out', async () => {
    await using worker = await startScripted(['Only one.']);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    const more = await worker.ask({ text: '<@UVERA> and then?', threadTs: question.threadTs });
    await (await worker.leasedBy('dead', question)).fold(more.messageTs);
    expect(await worker.inbox.withdraw(more)).toEqual({ kind: 'closed', isIdle: false });
    worker.pass(31_000);
    await worker.intake.accept(question);
    expect(await statesOf(worker, question, more)).toEqual([
      ['answered', undefined],
      ['stopped', 'withdrawn'],
    ]);
    expect(requestsOf(worker)[0]).not.toContain('and then?');
  });

  test('and the deletion of what it was said to: it is a question of its own', async () => {
    const more = says('and then?');
    await using worker = await asking(more.meanwhile, [[look], [{ hang: true }], 'Carol.']);
    await worker.intake.accept(worker.question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(2);
    const found = await worker.inbox.withdraw(worker.question);
    if (found?.kind === 'open') await worker.intake.accept(found.question);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['stopped', 'withdrawn'],
      ['answered', undefined],
    ]);
  });
});

describe('D11 where the ledger fails while the run listens', () => {
  /** The worker's next leases, whose write for a message fails once: the `nth` of them. */
  function failingAt(nth: number, worker: Pick<Awaited<ReturnType<typeof startScripted>>, 'leases'>) {
    const { lease: real } = worker.leases;
    let count = 0;
    const fold = (lease: Lease): Lease['fold'] => {
      return async (messageTs) => {
        count += 1;
        if (count === nth) throw new Error('throttled');
        return lease.fold(messageTs);
      };
    };
    Object.assign(worker.leases, {
      lease: async (...asked: Parameters<typeof real>) => {
        const answer = await real(...asked);
        return answer.kind === 'leased' ? { ...answer, lease: { ...answer.lease, fold: fold(answer.lease) } } : answer;
      },
    });
  }

  test('what was taken in before is told at that call, and the rest at the next one', async () => {
    const [one, two] = [says('and ALPHA?'), says('and BETA?')];
    const both: Meanwhile = async (...given) => {
      await one.meanwhile(...given);
      await two.meanwhile(...given);
    };
    await using worker = await asking(both, [[look], [look], 'All three.']);
    failingAt(2, worker);
    await worker.intake.accept(worker.question);
    expect(await statesOf(worker, worker.question, one.of, two.of)).toEqual([
      ['answered', undefined],
      ['answered', 'folded'],
      ['answered', 'folded'],
    ]);
    const [, second, third] = requestsOf(worker);
    expect(second).toContain('ALPHA');
    expect(second).not.toContain('BETA');
    expect(third?.split('ALPHA')).toHaveLength(2);
    expect(third).toContain('BETA');
  });

  test('an edit that was accepted is told all the same', async () => {
    const more = says('and BETA?');
    const both: Meanwhile = async (worker, question) => {
      await worker.inbox.edit({ ...question, text: '<@UVERA> who is on call TOMORROW?' });
      await more.meanwhile(worker, question);
    };
    await using worker = await asking(both, [[look], 'Bob, tomorrow.', 'Beta.']);
    failingAt(1, worker);
    await worker.intake.accept(worker.question);
    await statesOf(worker, worker.question, more.of);
    expect(requestsOf(worker)[1]).toContain('TOMORROW');
    expect(worker.text(worker.question)).toBe('Bob, tomorrow.\n---\nBeta.');
  });
});
