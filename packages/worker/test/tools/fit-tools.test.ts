import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitTools } from '../../src/tools/fit-tools.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { startAgent } from '../agent/start-agent.ts';

const verbs = ['list', 'get', 'create', 'delete', 'search'];
const things = ['Board', 'Sprint', 'Invoice', 'Deployment', 'Runbook', 'Dashboard', 'Alert', 'Pipeline', 'Customer', 'Ticket'];

/** Five hundred tools of one gateway; what was called is noted. */
function manyTools(count = 500, called: unknown[] = []): Tool[] {
  return Array.from({ length: count }, (_, index) => {
    const [verb, thing] = [verbs[index % 5], things[Math.floor(index / 5) % 10]];
    const name = `gateway_${verb}${thing}s${index}`;
    return {
      name,
      title: `Gateway: ${verb} ${thing}`,
      description: `${verb} one or more of ${thing?.toLowerCase()} of system ${index}`,
      inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
      async run(input) {
        called.push([name, input]);
        return { text: `${name} ran`, isError: false };
      },
    };
  });
}
const own: Tool = { ...manyTools(1)[0]!, name: 'search_knowledge_base', title: 'Searching', description: 'Searches' };
const listed = (tools: readonly Tool[]) => tools.filter(({ isHidden }) => !isHidden).map(({ name }) => name);
const signal = new AbortController().signal;

describe('tools that fit', () => {
  test('are all before the model, and nothing is added', () => {
    const others = manyTools(127);
    expect(fitTools({ always: [own], others, about: 'x' })).toEqual([own, ...others]);
  });
});

describe('more tools than fit', () => {
  test('by number: ours, the two that lead to the rest, and those that suit the question', () => {
    const names = listed(fitTools({ always: [own], others: manyTools(), about: 'please delete that invoice' }));
    expect(names.slice(0, 3)).toEqual(['search_knowledge_base', 'find_tools', 'use_tool']);
    expect(names).toHaveLength(128);
    expect(names).toEqual(expect.arrayContaining(['gateway_deleteInvoices13', 'gateway_deleteInvoices63', 'gateway_deleteInvoices463']));
  });

  test('by length: a few with very long descriptions', () => {
    const others = manyTools(60).map((tool) => ({ ...tool, description: `${tool.description} ${'x'.repeat(4_000)}` }));
    const names = listed(fitTools({ always: [own], others, about: 'x' }));
    expect(names).toContain('find_tools');
    expect(names.length).toBeLessThan(32);
  });

  test('the choice is the same again after a restart', () => {
    const once = () => listed(fitTools({ always: [own], others: manyTools(), about: 'which alerts are open?' }));
    expect(once()).toEqual(once());
  });

  test('each of five hundred is found by its name, and by what it does', async () => {
    const others = manyTools();
    const find = fitTools({ always: [own], others, about: 'x' }).find(({ name }) => name === 'find_tools');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...others), fc.boolean(), async ({ name, description }, byName) => {
        const { text } = (await find?.run({ query: byName ? name : description }, signal)) ?? { text: '' };
        expect(text).toContain(`${name}: `);
        expect(text).toMatch(/^<data from="the list of tools">/);
        expect(text.length).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  test('tools with long schemas are found whole or by name only', async () => {
    const properties = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`property${index}`, { type: 'string' }]));
    const others = manyTools(200).map((tool) => ({ ...tool, inputSchema: { type: 'object', properties } }));
    const find = fitTools({ always: [], others, about: 'x' }).find(({ name }) => name === 'find_tools');
    const { text } = (await find?.run({ query: 'invoice' }, signal)) ?? { text: '' };
    for (const [, schema = ''] of text.matchAll(/^Input: (.*)$/gm)) expect(Object.keys(JSON.parse(schema).properties)).toHaveLength(300);
    expect(text).toContain('Also: gateway_');
  });
});

describe('the agent', () => {
  const hidden = 'gateway_getCustomers491';
  const tools = (called: unknown[]) => fitTools({ always: [own], others: manyTools(500, called), about: 'delete invoices' });

  test('finds a tool and calls it; the list the model has stays as it is, byte for byte, and the step is the tool’s own', async () => {
    const called: unknown[] = [];
    await using agent = await startAgent([
      [{ call: 'find_tools', input: { query: 'get customers of system 491' } }],
      [{ call: 'use_tool', input: { name: hidden, input: { id: '7' } } }],
      'Found.',
    ]);
    const ran = await agent.run({ tools: tools(called) });
    expect([ran.text, called]).toEqual(['Found.', [[hidden, { id: '7' }]]]);
    const lists = agent.bedrock.requests.map(({ toolConfig, system }) => JSON.stringify([toolConfig, system]));
    expect(new Set(lists).size).toBe(1);
    expect(lists[0]).not.toContain(hidden);
    expect(ran.events.filter(({ kind }) => kind === 'tool-started')).toMatchObject([
      { tool: 'find_tools', title: 'Looking for a tool' },
      { tool: hidden, title: 'Gateway: get Customer' },
    ]);
  });

  test.each([
    ['a call by its name alone', [{ call: hidden, input: { id: '7' } }]],
    [
      'a call before its search, in one batch',
      [
        { call: 'use_tool', input: { name: hidden, input: { id: '7' } } },
        { call: 'find_tools', input: { query: 'x' } },
      ],
    ],
  ])('%s runs as well', async (_, turn) => {
    const called: unknown[] = [];
    await using agent = await startAgent([turn, 'Found.']);
    expect(await agent.run({ tools: tools(called) })).toMatchObject({ text: 'Found.', end: 'completed' });
    expect(called).toEqual([[hidden, { id: '7' }]]);
  });

  test.each([
    [{ name: 'gateway_nothing', input: {} }, 'There is no tool of this name. find_tools says which there are.'],
    [{ name: 'use_tool', input: {} }, 'There is no tool of this name. find_tools says which there are.'],
    [{ name: hidden, input: 'x' }, 'The input does not fit. '],
    ['x', 'There is no tool of this name.'],
  ])('use_tool with %j is told', async (input, words) => {
    const called: unknown[] = [];
    const use = tools(called).find(({ name }) => name === 'use_tool');
    expect(await use?.run(input, signal)).toMatchObject({ isError: true, text: expect.stringContaining(words) });
    expect(called).toEqual([]);
  });
});
