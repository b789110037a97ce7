import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { CaseReport, EvalOptions } from './options.ts';
import { readTold, toldDifferences, toldTogether, writeTold } from './recording/told.ts';
import { removedTable } from './without/removed-table.ts';

interface ReportOptions extends EvalOptions {
  /** All cases are played. */
  readonly isWhole: boolean;
}

/** What a run of cases says at its end: which failed and why, what differs from the recordings, what all of it took. */
export class Report implements Reporter {
  private readonly results: TestCase[] = [];
  /** Nothing was measured, or something failed. */
  hasFailed = true;
  private readonly options: ReportOptions;
  private readonly write: (text: string) => void;

  constructor(options: ReportOptions, write: (text: string) => void) {
    this.options = options;
    this.write = write;
  }

  onTestCaseResult(testCase: TestCase): void {
    if (testCase.result().state !== 'skipped') this.results.push(testCase);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly { readonly message?: string }[]): void {
    const failed = this.results.filter((testCase) => testCase.result().state !== 'passed');
    const broken = [...modules.flatMap((module) => module.errors()), ...errors].map(({ message = 'unknown' }) => message);
    const isOver = this.options.mode === 'without';
    const told = isOver ? [] : this.compareTold();
    this.hasFailed = failed.length > 0 || broken.length > 0 || this.results.length === 0 || (this.options.isStrict && told.length > 0);
    const lines = [
      ...broken.map((message) => `FAILED  ${message}`),
      ...failed.flatMap((testCase) => [`FAILED  ${testCase.fullName}`, ...reasonsOf(testCase).map((reason) => `        ${reason}`)]),
      ...told.map((difference) => `WARNING ${difference}`),
      ...differencesOf(this.results),
      ...(isOver ? this.tellRemoved() : tableOf(this.results)),
      ...(this.results.length === 0 ? ['FAILED  Nothing was measured: no case is called so.'] : []),
    ];
    this.write(`${lines.join('\n')}\n`);
  }

  /** Which sentences are noticed; kept where all were played and none failed. */
  private tellRemoved(): string[] {
    const cases = this.results.flatMap((testCase) => ({ name: testCase.name, ...(testCase.meta().without ?? { told: [], removed: [] }) }));
    if (this.options.isWhole && !this.hasFailed)
      writeFileSync(join(this.options.recordings, '../removed-sentences.md'), removedTable(cases));
    return cases.flatMap(({ name, removed }) =>
      removed.map(
        ({ where, text, complaint }) =>
          `${complaint === undefined ? 'passes' : 'fails '}  ${name}  without “${text}” of ${where}${complaint === undefined ? '' : `: ${complaint}`}`,
      ),
    );
  }

  /** What models are told otherwise than when it was written down; with `update` and `record` it is written down. */
  private compareTold(): string[] {
    const file = join(this.options.recordings, 'told.yaml');
    const before = readTold(file);
    const now = toldTogether(this.results.map((testCase) => testCase.meta().eval?.told ?? {}));
    if (this.options.mode === 'replay') return toldDifferences(before, now);
    writeTold(file, this.options.isWhole ? now : toldTogether([before, now]));
    return [];
  }
}

function reasonsOf(testCase: TestCase): string[] {
  const { errors = [] } = testCase.result();
  return errors.flatMap(({ message }) => message.split('\n'));
}

/** Each difference once, with how many cases have it. */
function differencesOf(cases: readonly TestCase[]): string[] {
  const counts = new Map<string, { readonly first: string; count: number }>();
  for (const testCase of cases) {
    for (const { part, before, now } of testCase.meta().eval?.differences ?? []) {
      // Told by their words already.
      if (part === 'stable' || part === 'offered') continue;
      const words = `${part} was recorded as\n            ${before.replaceAll('\n', '\n            ')}\n          and is\n            ${now.replaceAll('\n', '\n            ')}`;
      const known = counts.get(words);
      if (known) known.count += 1;
      else counts.set(words, { first: testCase.name, count: 1 });
    }
  }
  return [...counts].map(([words, { first, count }]) => `WARNING ${count} × (“${first}”) ${words}`);
}

/** A row a topic; a model without a price has none. */
function tableOf(cases: readonly TestCase[]): string[] {
  const topics = Map.groupBy(cases, ({ fullName }) => fullName.split(' > ')[0] ?? '');
  const rows = [...topics, ['all', cases] as const].map(([topic, those]) => {
    const reports = those.flatMap((testCase) => testCase.meta().eval ?? []);
    const sum = (value: (report: CaseReport) => number) => reports.reduce((total, report) => total + value(report), 0);
    const dollars = reports.some((report) => report.dollars === undefined) ? '?' : sum(({ dollars: one = 0 }) => one).toFixed(4);
    const passed = those.filter((testCase) => testCase.result().state === 'passed').length;
    const seconds = (sum(({ milliseconds }) => milliseconds) / 1000).toFixed(1);
    return [
      topic,
      `${passed}/${those.length}`,
      String(sum(({ modelCalls }) => modelCalls)),
      String(sum(({ tokens }) => tokens)),
      dollars,
      seconds,
    ];
  });
  const table = [['topic', 'passed', 'model calls', 'tokens', '$', 'seconds'], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}
