import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import type { SaasFault } from '@vera/saas-stand-in/http/answer-saas';
import { pastIssues, pastThemes } from '@vera/saas-stand-in/jira/past-issues';
import { describe, expect, test } from 'vitest';
import { queryTable } from '../../src/tables/query-table.ts';
import { shelved } from '../../src/tables/shelved.ts';
import type { TableShelf } from '../../src/tables/table.ts';
import type { PersonRead } from '../../src/tools/person-tool.ts';
import type { Told, Tool } from '../../src/tools/tool.ts';
import type { Ran } from '../agent/start-agent.ts';
import { startAtlassian } from '../atlassian/start-atlassian.ts';
import { type Asked, startDelegation } from './start-delegation.ts';

const issues = pastIssues({
  ...{ project: 'PAY', count: 1_000, people: ['ana', 'bo', 'bob'], components: ['till', 'chart'] },
  ...{ until: '2026-11-20T09:00', openEvery: 7 },
});
const themes = Object.keys(pastThemes);
const themeOf = (summary: string) =>
  themes.find((theme) =>
    pastThemes[theme]?.some((words) => summary.includes(words.split('{n}').sort((a, b) => b.length - a.length)[0] ?? '')),
  ) ?? '';
const truth = countsOf(issues.map(({ summary }) => themeOf(summary)));

const jql = 'project = PAY';
const judging = {
  ...{ task: 'Tickets of a payments team.', table: 'table-1', key: 'key', columns: ['summary'] },
  add: [{ name: 'theme', of: 'What it is about.', values: themes }],
};
const recipe = [
  { call: 'count_jira_issues', input: { jql } },
  { call: 'collect_jira_issues', input: { jql } },
  { call: 'delegate_rows', input: judging },
  { call: 'query_table', input: { table: 'table-2', group_by: ['theme'], compute: [{ of: 'count' }] } },
];

/** A helper that reads each row and says what it is about; `fails` may make it do something else. */
function script(fails: (keys: readonly string[]) => ScriptedTurn | undefined = () => undefined) {
  return ({ task, results }: Asked): ScriptedTurn => {
    const next = recipe[results.length];
    if (task === undefined) return next ? [next] : 'Done.';
    const rows = [...task.matchAll(/^\| (PAY-\d+) \| (.*)$/gm)].map(([, row = '', summary = '']) => ({ row, theme: themeOf(summary) }));
    return fails(rows.map(({ row }) => row)) ?? [{ call: 'give_result', input: { rows } }];
  };
}

async function startBoard(fails?: Parameters<typeof script>[0]) {
  const atlassian = await startAtlassian({}, issues);
  const account = atlassian.account('ana');
  const asTool =
    (tables: TableShelf) =>
    (read: PersonRead): Tool =>
      shelved(tables, {
        ...read,
        async run(input, signal) {
          const result = await read.read(input, account, signal);
          return typeof result === 'string' ? { text: result, isError: false } : { ...result, isError: false };
        },
      });
  const tools = (tables: TableShelf) => [
    ...atlassian.tools.filter(({ kind }) => kind === 'read').map((read) => asTool(tables)(read as PersonRead)),
    queryTable(tables),
  ];
  const helpers = await startDelegation(script(fails), { tools, limits: { calls: 80, tokens: 600_000 } });
  return {
    ...{ atlassian, helpers },
    themes: () => Object.fromEntries((helpers.tables.get('table-3')?.rows ?? []).map(([theme, count]) => [theme?.text, count?.value])),
    async [Symbol.asyncDispose]() {
      await Promise.all([helpers[Symbol.asyncDispose](), atlassian[Symbol.asyncDispose]()]);
    },
  };
}

const contextOf = ({ events }: Ran) =>
  events.reduce((sum, event) => {
    if (event.kind !== 'model-called') return sum;
    const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = event.call;
    return sum + inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens;
  }, 0);

describe('a board of a thousand issues', () => {
  test('is counted, collected, judged in batches by helpers and added up: the numbers are the board’s, and little of it was read by the answer', async () => {
    await using board = await startBoard();
    const ran = await board.helpers.answer();
    expect(ran.text).toBe('Done.');
    expect(board.helpers.results().map(({ status }) => status)).toEqual(['success', 'success', 'success', 'success']);
    expect(board.themes()).toEqual(truth);
    expect(contextOf(ran)).toBeLessThan(150_000);
    expect(board.helpers.helperRequests()).toHaveLength(20);
    expect(board.helpers.tables.get('table-2')?.notes).toEqual([]);
    expect(ran.events).toContainEqual(expect.objectContaining({ kind: 'tool-progress', words: '20 of 20 batches' }));
  });

  test('read plainly, page after page, it takes all that a question may use, and more than 150,000 tokens, before it is whole', async () => {
    const page = (from: number) =>
      JSON.stringify(
        issues
          .slice(from, from + 50)
          .map((issue) => ({ ...issue, self: 'https://clinic.example/rest/api/3/issue/1', expand: 'renderedFields' })),
      );
    const read: Tool = {
      ...{ name: 'search', title: 'Searching', description: 'Searches', inputSchema: { type: 'object' } },
      run: async (input) => ({ text: page((input as { from: number }).from), isError: false }),
    };
    const plain = ({ results }: Asked): ScriptedTurn =>
      results.length < 20 ? [{ call: 'search', input: { from: results.length * 50 } }] : 'Done.';
    await using helpers = await startDelegation(plain, { tools: [read], limits: { calls: 80, tokens: 600_000 } });
    const ran = await helpers.answer();
    expect(ran.end).toBe('too-many-steps');
    expect(contextOf(ran)).toBeGreaterThan(150_000);
    expect(helpers.bedrock.requests.length).toBeLessThan(20);
  });
});

describe('M29 where Jira does not tell the truth', () => {
  test.each<[string, (answer: { issues: object[] }) => unknown]>([
    [
      'its page calls itself the last, with 80 issues left',
      (page) => ({ ...page, issues: page.issues.slice(0, -80), total: 920, isLast: true }),
    ],
    ['its page says that there are as many as it holds', ({ issues: all }) => ({ issues: all.slice(0, 50), total: 50 })],
    ['its page is cut in its middle', (page) => JSON.stringify(page).slice(0, 9_000)],
    ['issues stand on two pages', (page) => ({ ...page, issues: [...page.issues, ...page.issues.slice(0, 200)] })],
  ])('%s: all are collected, each once', async (_, alter) => {
    const { text, table } = await collected({ kind: 'altered', path: '/search/jql', alter: alter as (answer: unknown) => unknown });
    expect(text).toBe('All 1000 issues are collected.');
    expect(new Set(table?.rows.map(([key]) => key?.text)).size).toBe(1_000);
    expect(table?.rows).toHaveLength(1_000);
  });

  test('always: both numbers are said, and stand with the table for whatever is made of it', async () => {
    const alter = (answer: unknown) => ({ issues: (answer as { issues: object[] }).issues.filter((__, index) => index % 20 !== 3) });
    const { text, table } = await collected({ kind: 'altered', path: '/bulkfetch', times: 99, alter });
    expect(text).toMatch(/^940 of 1000 issues; Jira counts more than it gives/);
    expect(table?.notes).toEqual(['940 of 1000 issues; Jira counts more than it gives']);
  });

  test('where it counts issues and gives none, that is said, and not that none matches', async () => {
    const none = { kind: 'altered', path: '/search/jql', times: 99, alter: () => ({ issues: [], isLast: true }) } as const;
    await expect(collected(none)).rejects.toThrow('Jira counts issues, but gave none of them.');
  });

  test('a batch that cannot be read twice is named, and the rest is there', async () => {
    const alter = (answer: unknown) => (JSON.stringify(answer).includes('"PAY-260"') ? '{"issues": [{"id": "2' : answer);
    const { text, table } = await collected({ kind: 'altered', path: '/bulkfetch', times: 99, alter });
    expect(text).toMatch(/^950 of 1000 issues; could not be read: batch \d+ of 20 \(50 issues\)/);
    expect([table?.rows.length, table?.notes.length]).toEqual([950, 1]);
  });

  test('one that fails once is read again', async () => {
    const { table } = await collected({ kind: 'altered', path: '/bulkfetch', after: 4, alter: () => '{"issues": [' });
    expect([table?.rows.length, table?.notes.length]).toEqual([1_000, 0]);
  });
});

async function collected(fault: SaasFault): Promise<Told> {
  await using atlassian = await startAtlassian({}, issues);
  atlassian.jira.inject(fault);
  const tool = atlassian.tools.find(({ name }) => name === 'collect_jira_issues') as PersonRead;
  return (await tool.read({ jql }, atlassian.account('ana'), new AbortController().signal)) as Told;
}

describe('M29 where a helper fails', () => {
  test('once, its batch is judged again', async () => {
    let failures = 0;
    await using board = await startBoard((keys) => {
      if (!keys.includes('PAY-260') || failures > 0) return undefined;
      failures += 1;
      return ['I cannot', { stop: 'max_tokens' }];
    });
    await board.helpers.answer();
    expect(board.themes()).toEqual(truth);
  });

  test('twice, its batch is named with the reason, and 950 of 1,000 stands with all that is made of the rest', async () => {
    await using board = await startBoard((keys) => (keys.includes('PAY-260') ? ['I cannot', { stop: 'max_tokens' }] : undefined));
    await board.helpers.answer();
    const [, , judged] = board.helpers.results();
    const named = /950 of 1000 rows were judged; the others failed twice: batch \d+ of 20 \(PAY-\d+ to PAY-\d+\): its answer was longer/;
    expect(judged?.text).toMatch(named);
    expect(board.helpers.tables.get('table-3')?.notes.join()).toMatch(named);
    expect(board.helpers.results()[3]?.text).toContain('950 of 1000');
  });

  test('rows that a helper leaves out or makes up are no result', async () => {
    await using board = await startBoard((keys) =>
      keys.includes('PAY-260')
        ? [{ call: 'give_result', input: { rows: keys.slice(1).map((row) => ({ row, theme: 'refunds' })) } }]
        : undefined,
    );
    await board.helpers.answer();
    const { text = '' } = board.helpers.results()[2] ?? {};
    expect(text).toMatch(/950 of 1000 rows were judged.*these rows are missing: PAY-\d+/s);
    // A key is a cell of somebody's file.
    expect(text.split('<data')[0]).not.toContain('PAY-');
  });
});

function countsOf(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
