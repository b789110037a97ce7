import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { attachFile } from '../../src/attachments/attach-file.ts';
import { drawChart } from '../../src/charts/draw-chart.ts';
import { createShowChart } from '../../src/charts/show-chart.ts';
import { delegateRows } from '../../src/delegation/delegate-rows.ts';
import type { RunTask } from '../../src/delegation/delegated-task.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { argument } from '../../src/tools/told-text.ts';
import { type Tool, tool } from '../../src/tools/tool.ts';
import { startOutgoing } from '../attachments/start-outgoing.ts';
import { madeTable } from '../tables/made-table.ts';
import { startAgent } from './start-agent.ts';

const guardrail = { id: 'guardrail01', version: '1' };
const calling = (name: string, input: unknown = {}) => [[{ call: name, input }], 'Done.'];
const resultIn = (agent: { bedrock: { requests: readonly { messages: readonly { content: readonly { toolResult?: unknown }[] }[] }[] } }) =>
  JSON.stringify(agent.bedrock.requests.at(-1)?.messages.flatMap(({ content }) => content.flatMap(({ toolResult }) => toolResult ?? [])));

describe('what leaves with a tool', () => {
  const sent: unknown[] = [];
  const sending = tool({
    name: 'attach_file',
    title: 'Attaching a file',
    description: 'x',
    isSending: true,
    saysOwnWords: true,
    details: argument('name'),
    inputSchema: z.object({ name: z.string(), rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))) }),
    callback: (input) => {
      sent.push(input);
      return 'Attached.';
    },
  });

  async function send(input: object, tools: readonly Tool[] = [sending], called = calling('attach_file', input)) {
    sent.length = 0;
    await using agent = await startAgent(called, { guardrail });
    const { events } = await agent.run({ tools });
    return { result: resultIn(agent), events, told: events.filter(({ kind }) => /^tool-(?:started|cleared|progress)$/.test(kind)) };
  }

  const bare = { kind: 'tool-started', tool: 'attach_file', title: 'Attaching a file', id: 'step-1' };
  const viaAnother = (input: object): Parameters<typeof send> => {
    const use: Tool = {
      ...{ name: 'use_tool', description: 'x', title: 'Looking for a tool', inputSchema: { type: 'object' } },
      behind: () => sending,
      run: (given, signal) => sending.run((given as { input: unknown }).input, signal),
    };
    return [input, [use], calling('use_tool', { tool: 'attach_file', input })];
  };

  test.each([
    ['by its name', (input: object): Parameters<typeof send> => [input]],
    ['by way of another tool', viaAnother],
  ])('M19 is told of only once it was judged, masked, and never where it was stopped: %s', async (_, calledWith) => {
    const rows: object[] = [];
    expect((await send(...calledWith({ name: 'The salary of Bob', rows }))).told).toEqual([bare]);
    const { told } = await send(...calledWith({ name: 'To ann@northwind.test', rows }));
    expect(told).toEqual([bare, { kind: 'tool-cleared', id: 'step-1', title: 'Attaching a file', details: '“To {EMAIL}”' }]);
    await using free = await startAgent(calling('attach_file', { name: 'pay', rows }));
    const { events } = await free.run({ tools: [sending] });
    expect(events.filter(({ kind }) => /^tool-(?:started|cleared)$/.test(kind))).toEqual([{ ...bare, details: '“pay”' }]);
  });

  test('is judged as an answer is, names of fields too', async () => {
    const { result } = await send({ name: 'pay.csv', rows: [{ 'salary of Bob': 1 }] });
    expect(sent).toEqual([]);
    expect(result).toContain('Not done: the content rules of this workspace forbid it, because of the topic “Salaries”.');
  });

  test('leaves masked, each text at its place', async () => {
    const { events } = await send({ name: 'mail ann@northwind.test', rows: [{ to: 'bob@northwind.test', n: 2 }, { to: 'nobody' }] });
    expect(sent).toEqual([{ name: 'mail {EMAIL}', rows: [{ to: '{EMAIL}', n: 2 }, { to: 'nobody' }] }]);
    expect(events).toContainEqual({ kind: 'masked', kinds: ['e-mail address'] });
  });

  test('stays where a number or a name of a field would have to be masked', async () => {
    const { result } = await send({ name: 'x', rows: [{ n: 4_111_111_111_111_111 }] });
    expect(sent).toEqual([]);
    expect(result).toContain('mask a value in it');
    expect((await send({ name: 'x', rows: [{ 'ann@northwind.test': 1 }] })).result).toContain('mask a value in it');
  });
});

describe('rows that a call only names by their table', () => {
  const far = Array.from({ length: 400 }, (_, index) => [`row ${index}`, index]);
  const tables = {
    forbidden: madeTable(['what', 'n:number'], [...far, ['The salary of Bob', 1]]),
    masked: madeTable(['what', 'n:number'], [...far, ['ann@northwind.test', 1]]),
    harmless: madeTable(['what', 'n:number'], far),
  };

  test.each([
    ['attach_file', 'forbidden', { name: 'x', type: 'csv', from: 'table-1' }, 'because of the topic “Salaries”'],
    ['attach_file', 'masked', { name: 'x', type: 'csv', from: 'table-1' }, 'mask values in these rows'],
    [
      'draw_chart',
      'forbidden',
      { kind: 'bar', title: 'x', from: 'table-1', category: 'what', values: ['n'] },
      'because of the topic “Salaries”',
    ],
    ['draw_chart', 'masked', { kind: 'bar', title: 'x', from: 'table-1', category: 'what', values: ['n'] }, 'mask values in these rows'],
    ['attach_file', 'harmless', { name: 'x', type: 'csv', from: 'table-1' }, 'x.csv stands in the thread'],
  ] as const)('%s: %s ones are judged before they leave, to the last', async (name, which, input, words) => {
    await using started = await startOutgoing();
    const shelf = createTableShelf();
    shelf.add({ ...tables[which], rows: name === 'draw_chart' ? tables[which].rows.slice(-20) : tables[which].rows });
    const show = createShowChart({ draw: async () => ({ png: Buffer.from('PNG'), drawn: new Map() }), log: started.log });
    const { outgoing } = started;
    await using agent = await startAgent(calling(name, input), { guardrail });
    await agent.run({ tools: [attachFile({ tables: shelf, outgoing }), drawChart({ show, tables: shelf, outgoing })] });
    expect(resultIn(agent)).toContain(words);
    expect(started.shown()).toHaveLength(which === 'harmless' ? 1 : 0);
  });
});

test('what rows are judged by leaves for the helpers as it is judged', async () => {
  const tables = createTableShelf();
  tables.add(madeTable(['key', 'what'], [['PAY-1', 'x']]));
  const tasks: string[] = [];
  const run: RunTask = async ({ task }) => {
    tasks.push(task);
    return { end: { kind: 'failed', reason: 'stopped' }, steps: [] };
  };
  const input = {
    task: 'Ask ann@northwind.test',
    table: 'table-1',
    key: 'key',
    columns: ['what'],
    add: [{ name: 'pay', of: 'What it is' }],
  };
  for (const add of [input.add, [{ name: 'pay', of: 'The salary of Bob' }]]) {
    await using agent = await startAgent(calling('delegate_rows', { ...input, add }), { guardrail });
    await agent.run({ tools: [delegateRows({ run, tables })] });
  }
  expect(tasks.length).toBeGreaterThan(0);
  for (const task of tasks) expect(task).toMatch(/^Ask \{EMAIL\}\n/);
  expect(tasks.join()).not.toContain('salary');
});
