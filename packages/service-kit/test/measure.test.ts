import { metricPointsIn } from '@vera/aws-stand-in/embedded-metrics';
import { describe, expect, it } from 'vitest';
import { embed, type Figures } from '../src/embedded-metrics.ts';
import { createMeasure, measuredEvents } from '../src/measure.ts';
import { loggedLines } from './logged-lines.ts';

const at = new Date('2026-11-23T10:00:00.000Z');
const Deployment = 'use1-dev-vera';
const one = { unit: 'Count', value: 1 };

function measured(event: string, fields: Record<string, unknown>, servers: readonly string[] = []) {
  const { log, lines, entries } = loggedLines({ measure: createMeasure({ deployment: Deployment, servers }) });
  log.with({ question: 'C1:1.2', user: 'U1', channel: 'C1', thread: '1.2' }).info(event, fields);
  return { lines, entries: entries(), points: lines.flatMap(metricPointsIn) };
}

describe('a line that counts', () => {
  it('is a line as any other, of which CloudWatch makes metrics of this deployment', () => {
    const { entries, points } = measured('question.lost', { attempts: 3 });
    expect(entries).toMatchObject([{ level: 'info', event: 'question.lost', question: 'C1:1.2', attempts: 3 }]);
    expect(points).toEqual([
      { namespace: 'Vera', name: 'question.lost', dimensions: { Deployment }, unit: 'Count', value: 1, at: at.getTime() },
    ]);
  });

  it('tells all ways in which a question ends, nought included', () => {
    const counted = measured('question.failed', { milliseconds: 10, code: 'model' }).points.map(({ name, value }) => [name, value]);
    expect(counted).toEqual([
      ['question.answered', 0],
      ['question.failed', 1],
      ['question.stopped', 0],
      ['question.refused', 0],
    ]);
  });

  it.each([
    [
      'a first status in time',
      'status.told',
      { how: 'session', milliseconds: 1000 },
      { 'first-status.time': 1000, 'first-status.late': 0 },
    ],
    ['a late one', 'status.told', { how: 'legacy', milliseconds: 1001 }, { 'first-status.time': 1001, 'first-status.late': 1 }],
    ['one that Slack does not show', 'status.told', { how: 'not', milliseconds: 10 }, { 'first-status.late': 1 }],
    ['a first attempt', 'question.leased', { attempt: 1 }, { 'question.resumed': 0 }],
    ['a second one', 'question.leased', { attempt: 2 }, { 'question.resumed': 1 }],
    ['a first word', 'reply.started', { milliseconds: 7 }, { 'first-word.time': 7 }],
    ['no time in which a person was waited for', 'reply.started', { milliseconds: 7, waited: true }, {}],
    ['no dollars of a model without a price', 'question.spent', { calls: 1, tokens: 5, runtimeDollars: 0.5 }, { 'cost.runtime': 0.5 }],
    ['a no', 'change.decided', { verdict: 'deny' }, { 'approval.no': 1 }],
    ['a thumb down', 'feedback.recorded', { rating: 'bad' }, { 'feedback.down': 1 }],
  ])('tells %s', (_, event, fields, expected) => {
    const { points, entries } = measured(event, fields);
    expect(Object.fromEntries(points.map(({ name, value }) => [name, value]))).toEqual(expected);
    expect(entries).toHaveLength(1);
  });

  it.each([
    ['github_get_issue', 'github'],
    ['gateway_jira___searchIssues', 'jira'],
    ['gateway_nobody___searchIssues', 'other'],
    ['ignore_all_that_was_said', 'other'],
    ['search_knowledge_base', 'other'],
    ['plain', 'other'],
    ['', 'other'],
  ])('counts an error of the tool %j under %s: nobody’s words make metrics', (tool, server) => {
    const { points } = measured('tool.called', { tool, status: 'error' }, ['github', 'jira']);
    expect(points).toMatchObject([{ name: 'tool.errors', value: 1, dimensions: { Deployment, Server: server } }]);
  });

  it('counts whole where the line is cut, for half of it would count nothing', () => {
    const { lines, points } = measured('question.answered', {
      milliseconds: 5,
      error: 'x'.repeat(40_000),
      many: Array(500).fill('y'.repeat(300)),
    });
    expect(Buffer.byteLength(lines.join(''))).toBeLessThanOrEqual(32_768);
    expect(points.map(({ name }) => name)).toContain('answer.time');
  });

  it('hides what is secret, as any line does', () => {
    const { lines, points } = measured('action.failed', { error: new Error('Bearer abcdefgh12345678') });
    expect(lines.join()).not.toContain('abcdefgh12345678');
    expect(points).toHaveLength(1);
  });
});

describe('D32 what CloudWatch would drop', () => {
  const dimensions = { Deployment };
  const many = (count: number, name: (index: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), one]));
  const letters = (index: number) => `m${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;

  it.each<[string, Figures]>([
    ['no dimension', { values: { asked: one } }],
    ['a dimension without a value', { values: { asked: one }, dimensions: { Deployment: '' } }],
    ['a dimension of blanks', { values: { asked: one }, dimensions: { Deployment: ' ' } }],
    ['a dimension that is undefined', { values: { asked: one }, dimensions: { ...dimensions, Server: undefined as never } }],
    ['a question as a dimension', { values: { asked: one }, dimensions: { ...dimensions, question: 'C1:1.2' } }],
    ['a person as a dimension', { values: { asked: one }, dimensions: { ...dimensions, user: 'U1' } }],
    ['31 dimensions', { values: { asked: one }, dimensions: many(31, letters) as never }],
    ['101 metrics', { values: many(101, letters), dimensions }],
    ['101 values', { values: { asked: { unit: 'Count', value: Array(101).fill(1) } }, dimensions }],
    ['a unit that is none', { values: { asked: { unit: 'Dollars', value: 1 } }, dimensions }],
    ['no number', { values: { asked: { unit: 'Count', value: Number.NaN } }, dimensions }],
    ['no end', { values: { asked: { unit: 'Count', value: Number.POSITIVE_INFINITY } }, dimensions }],
    ['nothing', { values: { asked: { unit: 'Count', value: undefined } }, dimensions }],
    ['a text', { values: { asked: { unit: 'Count', value: '1' } }, dimensions }],
    ['a name of a field', { values: { _aws: one }, dimensions }],
  ])('is refused and told: %s', (_, figures) => {
    const { fields, problems } = embed(figures, at);
    expect(fields).toEqual({});
    expect(problems.length).toBeGreaterThan(0);
  });

  it('is told in the log, beside the line itself and what of it is right', () => {
    const { entries, points } = measured('model.called', { inputTokens: Number.NaN, outputTokens: 3, cacheReadTokens: 0 });
    expect(points.map(({ name, value }) => [name, value])).toEqual([
      ['tokens.output', 3],
      ['tokens.cache-read', 0],
    ]);
    expect(entries).toMatchObject([
      { event: 'model.called', outputTokens: 3 },
      {
        event: 'metric.refused',
        level: 'warn',
        of: 'model.called',
        question: 'C1:1.2',
        problems: ['tokens.input is no number', 'tokens.cache-write is no number'],
      },
    ]);
  });

  it.each(measuredEvents)('is never written, whatever %s has or lacks', (event) => {
    const odd: unknown[] = [undefined, null, '', 'x', Number.NaN, Number.POSITIVE_INFINITY, -1, {}, [], Array(101).fill(1)];
    const names =
      'milliseconds how attempt waited inputTokens outputTokens turnDollars runtimeDollars tool status server verdict rating oldestSeconds';
    for (const value of odd) {
      const { points } = measured(event, Object.fromEntries(names.split(' ').map((name) => [name, value])), ['github']);
      for (const { dimensions: of } of points)
        expect(Object.keys(of).filter((name) => !['Deployment', 'Server'].includes(name))).toEqual([]);
    }
  });
});
