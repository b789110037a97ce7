import { sessionIdOf } from '@vera/protocol/session-id';
import { beginTrace } from '@vera/protocol/trace';
import type { Work } from '@vera/protocol/work';
import { createLog } from '@vera/service-kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { createInvoker, type InvokerParams } from '../src/invoker.ts';
import { askedQuestion } from './asked-question.ts';

describe('the invoker', () => {
  let lines: string[];
  let called: [string, Work][];
  beforeEach(() => {
    lines = [];
    called = [];
  });

  const invoker = (params: Partial<InvokerParams> = {}) =>
    createInvoker({
      scope: 'thread',
      callWorker: async (session, question) => {
        called.push([session, question]);
        return '{"accepted":"started"}';
      },
      log: createLog({ service: 'invoker', write: (line) => void lines.push(line) }),
      now: () => 1_000,
      monotonic: () => 1_000,
      ...params,
    });

  it('R11 passes a question on to the session of its thread, whole', async () => {
    await invoker()(structuredClone(askedQuestion));
    const reply = { ...askedQuestion, messageTs: '1766459000.000001' };
    await invoker()(reply);
    const session = '75e542d888cdabd28cf36bf5f6cab6dac85b6822fa0f3cd7a111fec2a59526c5';
    expect(called).toEqual([
      [session, askedQuestion],
      [session, reply],
    ]);
  });

  it('passes an errand on to a session of its person, whatever the scope', async () => {
    const errand = { kind: 'errand', id: 'e-1', wish: 'status', teamId: 'T01', userId: 'U01', responseUrl: 'https://hooks.slack.com/x' };
    for (const scope of ['thread', 'workspace'] as const) await invoker({ scope })(structuredClone(errand));
    const session = sessionIdOf({ teamId: 'T01', userId: 'U01', channelId: '', threadTs: '' }, 'user');
    expect(called).toEqual([
      [session, errand],
      [session, errand],
    ]);
    expect(lines.join()).toContain('errand.invoked');
    expect(lines.join()).not.toContain('hooks.slack.com');
  });

  it('takes the session scope it was given', async () => {
    for (const scope of ['channel', 'user', 'workspace'] as const) await invoker({ scope })(askedQuestion);
    expect(called.map(([session]) => session)).toEqual([
      sessionIdOf(askedQuestion, 'channel'),
      sessionIdOf(askedQuestion, 'user'),
      sessionIdOf(askedQuestion, 'workspace'),
    ]);
  });

  it('notes when it had a question of whose trace something is kept, below what came before, and nothing of others', async () => {
    const traceId = '0123456789abcdef0123456789abcdef';
    const first = { name: 'receive', id: '0123456789abcdef', at: 900, until: 950 } as const;
    await invoker()({ ...askedQuestion, trace: beginTrace(traceId, true, first) });
    await invoker()({ ...askedQuestion, trace: beginTrace(traceId, false, first) });
    await invoker()({ ...askedQuestion, trace: { traceparent: 'of somebody else', hops: [] } });
    const [kept, unkept, none] = called.map(([, work]) => (work.kind === 'question' ? work.trace : undefined));
    expect(kept?.hops).toEqual([first, { name: 'invoke', id: expect.stringMatching(/^[0-9a-f]{16}$/), parent: first.id, at: 1_000 }]);
    expect(kept?.traceparent).toBe(`00-${traceId}-${kept?.hops[1]?.id}-01`);
    expect(unkept).toEqual({ traceparent: `00-${traceId}-${first.id}-00`, hops: [first] });
    expect(none).toBeUndefined();
  });

  it('logs what the worker answered, and nothing of the question', async () => {
    let time = 0;
    await invoker({
      monotonic: () => {
        time += 1_234.4;
        return time;
      },
    })(askedQuestion);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'question.invoked',
      question: askedQuestion.id,
      session: called[0]?.[0],
      answer: '{"accepted":"started"}',
      milliseconds: 1_234,
    });
    expect(lines.join()).not.toMatch(/pager|a\.png/);
  });

  it('R10 throws the very failure, so that Lambda tries again', async () => {
    const failure = Object.assign(new Error('runtime not reachable'), { name: 'RuntimeClientError' });
    await expect(invoker({ callWorker: () => Promise.reject(failure) })(askedQuestion)).rejects.toBe(failure);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', event: 'question.invoke-failed', question: askedQuestion.id, error: { name: 'RuntimeClientError' } },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'pager'],
    ['a list', [askedQuestion]],
    ['an event of a schedule', { source: 'aws.events', detail: { text: 'pager' } }],
    ['a question without its thread', { ...askedQuestion, threadTs: undefined }],
    ['a question with a number for its text', { ...askedQuestion, text: 7 }],
    ['a question with a file without id', { ...askedQuestion, files: [{ name: 'pager' }] }],
    ['another kind', { ...askedQuestion, kind: 'action' }],
  ])('refuses %s, calls nobody and says in the log which fields were wrong', async (_, event) => {
    await expect(invoker()(event)).rejects.toThrow();
    expect(called).toEqual([]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', event: 'question.unreadable' }]);
    expect(lines.join()).not.toMatch(/pager|a\.png/);
  });

  it('names the wrong fields', async () => {
    await expect(invoker()({ ...askedQuestion, threadTs: 7, files: [{ id: 'F01' }] })).rejects.toThrow();
    expect(JSON.parse(lines[0] ?? '').fields).toEqual(['threadTs', 'files.0.name', 'files.0.mimetype', 'files.0.size']);
  });
});
