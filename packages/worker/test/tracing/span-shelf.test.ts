import { afterEach, describe, expect, it } from 'vitest';
import { startSpan, within } from '../../src/tracing/in-span.ts';
import type { Told } from '../../src/tracing/span.ts';
import { startedTracing } from './started-tracing.ts';

let tracing: ReturnType<typeof startedTracing>;
afterEach(() => tracing.end());

const namesOf = (spans: readonly Told[]) => spans.map(({ name }) => name);

describe('spans on their way out', () => {
  it('leave once what they hang on does, so that no trace of a process that died has a gap', async () => {
    tracing = startedTracing();
    await tracing.attempt(async () => {
      await within(startSpan('outer'), async () => {
        await within(startSpan('inner'), async () => undefined);
        await tracing.flush();
        expect(namesOf(tracing.sent)).toEqual(['receive']);
      });
      await tracing.flush();
      expect(namesOf(tracing.sent)).toEqual(['receive', 'outer', 'inner']);
      return 'answered';
    });
    await tracing.flush();
    expect(namesOf(tracing.sent)).toEqual(['receive', 'outer', 'inner', 'attempt']);
  });

  it('leave with the end of their attempt where nobody waited for theirs', async () => {
    tracing = startedTracing();
    await tracing.attempt(async () => {
      startSpan('left alone');
      return 'stopped';
    });
    await tracing.flush();
    expect(namesOf(tracing.sent)).toEqual(['receive', 'left alone', 'attempt']);
  });

  it('D30 wait two seconds at most for a collector that says nothing, and are said to be lost', async () => {
    const paused: number[] = [];
    tracing = startedTracing({
      send: () => new Promise(() => undefined),
      pause: (milliseconds) => {
        paused.push(milliseconds);
        return milliseconds === 1_000 ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    await tracing.attempt(async () => 'answered');
    await tracing.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(paused).toContain(2_000);
    expect(tracing.lines.at(-1)).toMatchObject({ event: 'trace.not-sent', level: 'warn', spans: 2 });
  });

  it('D30 lose nothing else where the collector refuses them', async () => {
    tracing = startedTracing({ send: () => Promise.reject(new Error('no')) });
    expect(await tracing.attempt(async () => 'answered')).toBe('answered');
    await tracing.flush();
    expect(tracing.lines.at(-1)).toMatchObject({ event: 'trace.not-sent', spans: 2 });
  });
});

it('D31 nothing is kept of a question whose trace is not, and others are told so', async () => {
  tracing = startedTracing({ isSampled: false });
  await tracing.attempt(async () => {
    expect(tracing.traceparent()).toBe(`00-${tracing.traceId}-${tracing.root}-00`);
    await within(startSpan('inside'), async () => undefined);
    return 'answered';
  });
  await tracing.flush();
  expect(tracing.sent).toEqual([]);
});

it('nothing is kept of what belongs to no question', async () => {
  tracing = startedTracing();
  await within(startSpan('outside'), async () => expect(tracing.traceparent()).toMatch(/-00$/));
  await tracing.flush();
  expect(tracing.sent).toEqual([]);
});

it('a failure is told by its code, never in words that somebody else chose', async () => {
  tracing = startedTracing();
  await tracing.attempt(async () => {
    const failing = within(startSpan('failing', { 'made.up': 'secret words' }), async () => {
      throw Object.assign(new Error('secret words'), { code: 'throttled' });
    });
    await failing.catch(() => undefined);
    return 'failed';
  });
  await tracing.flush();
  expect(tracing.sent.find(({ name }) => name === 'failing')).toMatchObject({ hasFailed: true, attributes: { 'error.type': 'throttled' } });
  expect(JSON.stringify(tracing.sent)).not.toContain('secret words');
});
