import { describe, expect, it } from 'vitest';
import { spentIn } from '../../src/cost/spent/spent.ts';
import { renderReport } from '../../src/report/render-report.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { demoWeek } from './demo-week.ts';

const written = (report: Report) => renderReport(report, { title: 'What Vera did' });
const asked = 'travel policy';

describe('a report', () => {
  const report = reportOf(demoWeek());

  it('counts each question once, in its day, its outcome, its person and its place', () => {
    const total = (parts: readonly { readonly questions: number }[]) => parts.reduce((sum, { questions }) => sum + questions, 0);
    expect([report.questions, report.people, report.places]).toEqual([84, 5, 4]);
    expect(report.outcomes).toEqual([
      { what: 'answered', count: 79 },
      { what: 'failed', count: 2 },
      { what: 'stopped', count: 1 },
      { what: 'refused', count: 1 },
      { what: 'open', count: 1 },
    ]);
    expect(report.days.map(({ answered, others, open }) => answered + others + open)).toEqual([12, 12, 12, 12, 12, 12, 12]);
    expect([total(report.who), total(report.where)]).toEqual([84, 84]);
    expect(report.reasons).toEqual([
      { what: 'model', count: 2 },
      { what: 'over-budget', count: 1 },
    ]);
    expect(report.cost.total.questions).toBe(84);
  });

  it('tells what Vera did not know: answered, looked where she could, found nothing; of a search that ended well, too', () => {
    const inVain = report.unknown.filter(({ tools }) => tools.length > 0);
    expect(inVain.every(({ tools }) => tools.join() === 'search_knowledge_base')).toBe(true);
    // Each seventh question, but for one that failed.
    expect(inVain.reduce((sum, { questions }) => sum + questions, 0)).toBe(11);
    expect(report.unknown.filter(({ tools }) => tools.length === 0).reduce((sum, { questions }) => sum + questions, 0)).toBe(5);
    expect(report.unknown.map(({ questions }) => questions)).toEqual(
      report.unknown.map(({ questions }) => questions).toSorted((a, b) => b - a),
    );
  });

  it('counts passages that were only looked at as no source: those under the answer are, where that was told', () => {
    const week = demoWeek();
    const unknown = (sources?: number) => {
      const finished = week.records.map(({ question }, at) => ({
        ...{ component: 'worker', at, id: `finished-${at}`, message: '' },
        entry: { event: 'reply.finished', question: question.id, pieces: 1, ...(sources === undefined ? {} : { sources }) },
      }));
      const lines = [...week.lines.filter(({ entry }) => !String(entry?.tool).startsWith('gateway_')), ...finished];
      return reportOf({ ...week, lines }).unknown.reduce((sum, { questions }) => sum + questions, 0);
    };
    expect(unknown(1)).toBe(0);
    // All that were answered.
    expect(unknown(0)).toBe(79);
    expect(unknown()).toBeLessThan(30);
  });

  it('counts what was taken into another nowhere: not as a question, not in times, not in the cost', () => {
    const week = demoWeek();
    const records = week.records.map((record, index) => (index === 1 ? { ...record, foldedInto: '1.2' } : record));
    const folded = reportOf({ ...week, records });
    expect([folded.questions, folded.times[0]?.of]).toEqual([83, 83]);
    const { period, now } = week;
    expect(spentIn({ period, now, records, usage: 'not here', platform: 'v2' }).total.questions).toBe(83);
  });

  it('names servers of tools that did not open, each question once', () => {
    const week = demoWeek();
    const ids = week.records.slice(0, 3).map(({ question }) => question.id);
    const away = [...ids, ids[0]].map((question, at) => ({
      ...{ component: 'worker', at, id: `away-${at}`, message: '' },
      entry: { event: 'mcp.unavailable', server: 'gateway', code: 'unreachable', question },
    }));
    const withAway = reportOf({ ...week, lines: [...week.lines, ...away] });
    expect(withAway.away).toEqual([{ what: 'gateway', count: 3 }]);
    expect(written(withAway)).toContain('Could not be used: gateway for 3 questions.');
    expect(written(report)).not.toContain('Could not be used');
  });

  it('holds no words of anybody’s unless told, and then no markup of theirs', () => {
    const [without, within] = [written(report), written(reportOf(demoWeek({ withText: true })))];
    for (const words of [asked, 'on call for payments', 'older than that']) expect(without).not.toContain(words);
    expect(JSON.stringify(report)).not.toContain(asked);
    expect(within).toContain('&lt;b&gt;travel policy&lt;/b&gt;');
    expect(within).toContain('The policy is older than that.');
    expect(within).not.toContain('<b>travel');
    expect(written(reportOf(demoWeek({ nameOf: () => '<script>alert(1)</script>' })))).not.toContain('<script');
  });

  it('holds no secret that somebody wrote, also where it tells what was asked', () => {
    const records = demoWeek().records.map((record) => ({
      ...record,
      question: { ...record.question, text: `${record.question.text} password=PLANTED-in-words` },
      feedbackReasons: { U04MAYA: 'it is https://bob:PLANTEDurlpass9@db.example' },
    }));
    expect(written(reportOf(demoWeek({ records, withText: true })))).not.toContain('PLANTED');
  });

  it('stands alone: no script, nothing to load, both colours, and on paper', () => {
    const page = written(report);
    expect(page).not.toMatch(/<script|<img|<iframe|url\(|@import|https?:\/\//);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('@media print');
    // Where none may stand within.
    const apart = renderReport(report, { title: 'x', styleUrl: '/report.css' });
    expect(apart).not.toMatch(/<style|style="/);
    expect(apart).toContain('<link rel="stylesheet" href="/report.css">');
  });

  it('shows how much of a budget was used where there is one', () => {
    const { budgets } = reportOf(demoWeek({ limits: { person: { tokensPerDay: 200_000 }, workspace: { dollarsPerDay: 'off' } } }));
    expect(budgets.find(({ of, unit }) => of === 'person' && unit === 'tokens')).toMatchObject({
      limit: 200_000,
      most: expect.any(Number),
    });
    expect(budgets.find(({ of, unit }) => of === 'workspace' && unit === 'dollars')?.limit).toBeUndefined();
    const mostInADay = Math.max(...report.cost.days.map(({ tokens }) => tokens));
    expect(budgets.find(({ of, unit }) => of === 'workspace' && unit === 'tokens')?.most).toBe(mostInADay);
  });

  it('says what it could not see, and calls nothing unknown of which no line was found', () => {
    const blind = reportOf(demoWeek({ lines: [], unseen: ['worker: its log could not be looked at.'] }));
    expect(blind.unknown).toEqual([]);
    expect(blind.isSeen).toBe(false);
    expect(blind.notes.slice(0, 2)).toEqual([
      'worker: its log could not be looked at.',
      expect.stringContaining('Of 84 of the questions no log line was found'),
    ]);
    expect(written(blind)).toContain('worker: its log could not be looked at.');
  });

  it('of a week without questions is a page, too', () => {
    const empty = reportOf(demoWeek({ records: [], lines: [] }));
    expect(written(empty)).not.toMatch(/NaN|undefined|Infinity/);
    expect(written(report)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
