import type { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import type { BedrockRuntimeClient, Message } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { pdfSample } from '@vera/stand-in-kit/sample-files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { createKnowledgeBase } from '../src/create-knowledge-base.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { rehearsalModel } from '../src/rehearsal-model.ts';
import type { ConverseRequest } from '../src/runtime/converse-request.ts';
import { askAgent, type TestTool } from './agent-loop.ts';
import { bedrockClient, knowledgeClient } from './clients.ts';
import { says } from './converse-input.ts';
import { fixtureFolder } from './fixture-folder.ts';
import { broken, calculator, clock, searchDocuments, toolOf } from './test-tools.ts';

const knowledgeBaseId = 'KB12345678';
const started = new AsyncDisposableStack();
let client: BedrockRuntimeClient;
let knowledge: BedrockAgentRuntimeClient;
let tools: readonly TestTool[];

beforeAll(async () => {
  const record = createCallRecord();
  const bedrock = started.use(await createBedrockRuntime({ record, model: rehearsalModel({ tokensPerSecond: 0 }) }));
  const base = started.use(await createKnowledgeBase({ record, knowledgeBaseId, folder: fixtureFolder, linkOf: (path) => path }));
  client = bedrockClient(bedrock.url);
  knowledge = knowledgeClient(base.url);
  tools = [searchDocuments(knowledge, knowledgeBaseId), clock, calculator];
});
afterAll(() => started.disposeAsync());

const ask = (text: string, before: readonly Message[] = []) => askAgent(client, [...before, says(text)], tools);

describe('answers from documents', () => {
  it('a procedure is quoted with its steps and its command as they stand, and cited', async () => {
    const { text, calls } = await ask('Ann Chen: <@U0VERA> How do I restore the patient database?');
    expect(calls).toEqual([{ name: 'search_knowledge_base', input: { query: 'restore patient database' } }]);
    expect(text).toMatch(/^\*\*Restore the patient database › Steps\*\* \[\d\]/);
    expect(text).toContain('1. Find the newest snapshot before the damage.\n2. Restore it into a new cluster named `patients-restore`.');
    expect(text).toContain('```sh\naws rds restore-db-cluster-from-snapshot \\\n');
    expect(text).toContain('# wait until it says available');
  });

  it('a follow-up is understood from the turns before it', async () => {
    const first = await ask('Ann Chen: How do I restore the patient database?');
    const { text, calls } = await ask('Ann Chen: and who do I call if that fails?', first.messages);
    expect(calls).toEqual([{ name: 'search_knowledge_base', input: { query: 'call fails restore patient database' } }]);
    expect(text).toMatch(/call the database on-call\. Jonas Weber decides .* \[1\]/);
  });

  it('the row that was asked for comes first, then the table', async () => {
    const { text } = await ask('What is the first response time for SEV2?');
    expect(text).toMatch(/^\*\*SEV2\*\*: .*first response 30 minutes, .* \[1\]/);
    expect(text).toContain('| SEV1 | Patients cannot book, or data is lost | 5 minutes | every 30 minutes |');
  });

  it('a follow-up about another row finds it in the same table', async () => {
    const first = await ask('What is the first response time for SEV2?');
    expect((await ask('and for SEV1?', first.messages)).text).toMatch(/^\*\*SEV1\*\*: .*first response 5 minutes, /);
  });

  it('"tell me more" searches for what the thread is about', async () => {
    const first = await ask('How do I restore the patient database?');
    const { calls } = await ask('Can you give me more details?', first.messages);
    expect(calls).toEqual([{ name: 'search_knowledge_base', input: { query: 'restore patient database' } }]);
  });

  it('a word that means the same finds the document too', async () => {
    expect((await ask('Where do I enter vacation days?')).text).toMatch(/^Enter the days in Personio .* \[\d\]/);
  });

  it('words for documents themselves do not hide the answer', async () => {
    expect((await ask('What is the company policy for parental leave?')).text).toMatch(/^Both parents get 16 weeks/);
  });

  it('a question the documents say nothing about is answered with just that', async () => {
    expect((await ask('Explain quantum computing, please')).text).toMatch(/^I found nothing about “quantum computing”/);
  });

  it('documents that only share a word do not count as an answer', async () => {
    const { text } = await ask('How do I restore the espresso machine in the Lisbon kitchen?');
    expect(text).toMatch(/^I found nothing about “restore espresso machine Lisbon kitchen” in the documents\./);
  });

  it('what is no story is said to be a search, and the first answer offers stories and how to have a real model', async () => {
    const first = await ask('How often are snapshots taken?');
    expect(first.text).toMatch(
      /this is a search for “snapshots”, not an understanding\._\n\nI play stories .*\n- who is on call .*`VERA_MODEL_URL`/s,
    );
    const { text } = await ask('And how long are they kept?', first.messages);
    expect(text).toMatch(/\n\n_This is a search for “kept snapshots”, not an understanding\._$/);
  });

  it('it says what it is in the first answer of a thread, and not again', async () => {
    const first = await ask('How often are snapshots taken?');
    expect(first.text).toMatch(/rehearsal model/);
    expect((await ask('And how long are they kept?', first.messages)).text).not.toMatch(/rehearsal model/);
  });
});

describe('chooses tools', () => {
  it('the clock, in the zone of the place', async () => {
    const { text, calls } = await ask('Ann Chen: what time is it in Tokyo?');
    expect(calls).toEqual([{ name: 'current_time', input: { time_zone: 'Asia/Tokyo' } }]);
    expect(text).toMatch(/^It is \*\*Monday, 23 November 2026 at 21:35\*\* in Tokyo\./);
  });

  it('the clock again for "and in Berlin?"', async () => {
    const first = await ask('what time is it in Tokyo?');
    expect((await ask('and in Berlin?', first.messages)).calls).toEqual([{ name: 'current_time', input: { time_zone: 'Europe/Berlin' } }]);
  });

  it('the calculator, with the expression of the question', async () => {
    const { text, calls } = await ask('What is 17% of 2,340?');
    expect(calls).toEqual([{ name: 'calculate', input: { expression: '2340 * 17 / 100' } }]);
    expect(text).toMatch(/^`2340 \* 17 \/ 100` = \*\*397\.8\*\*/);
  });

  it('two tools for a question of two parts', async () => {
    const { text, calls } = await ask('How many holidays do I have and what is 17% of 2340?');
    expect(calls.map(({ name }) => name)).toEqual(['search_knowledge_base', 'calculate']);
    expect(text).toMatch(/30 days of holiday[\s\S]*397\.8/);
  });

  it.each([
    'What is the first response time for SEV1?',
    'Is support there 24/7?',
    'Who changed on 2026-08-02?',
    'How long does time off take?',
  ])('the documents for "%s", though it has a word or a number of another tool', async (question) => {
    expect((await ask(question)).calls.map(({ name }) => name)).toEqual(['search_knowledge_base']);
  });

  it('none without tools, and says so', async () => {
    const { text, calls } = await askAgent(client, [says('Who is on call?')], [calculator]);
    expect(calls).toEqual([]);
    expect(text).toMatch(/^This takes my tool \*\*list on calls\*\*, and I do not have it here\.\n\n_I am Vera's rehearsal model/);
  });
});

describe('talks', () => {
  it('greets by name and says what it is, what it plays, and how to have a real model', async () => {
    const { text, calls } = await ask('Ann Chen: hi Vera!');
    expect(calls).toEqual([]);
    expect(text).toMatch(/^Hello, Ann! I am Vera's rehearsal model/);
    expect(text).toContain('- who is on call for payments, and is anything on fire?');
    expect(text).toContain('`VERA_MODEL_URL`');
  });

  it('an emoji is no word to search for', async () => {
    expect((await ask('Ann Chen: :tada::fire:')).text).toMatch(/^Hello, Ann!/);
    const { calls } = await ask('How do I restore the patient database :fire:');
    expect(calls).toEqual([{ name: 'search_knowledge_base', input: { query: 'restore patient database' } }]);
  });

  it('thanks for thanks', async () => {
    expect((await ask('Ann Chen: thanks a lot!')).text).toBe('You are welcome, Ann!');
    expect((await ask('Ann Chen: thanks :pray::skin-tone-3:')).text).toBe('You are welcome, Ann!');
  });

  it('says that a tool failed without repeating what may be secret', async () => {
    const { text } = await askAgent(client, [says('Find something about printers')], [broken]);
    expect(text).toMatch(/^My tool \*\*search knowledge base\*\* did not work just now\./);
    expect(text).not.toMatch(/arn:|https?:/);
  });

  it('passes a harmless reason on', async () => {
    expect((await ask('what is 10/0?')).text).toMatch(/^My tool \*\*calculate\*\* could not do this: 10\/0: has no finite value\./);
  });

  it('shows the first lines of a text file that was sent along, and says that it did not look into another', async () => {
    const lines = Buffer.from(`# Minutes\n\nThe rollout begins on 4 May.\n${'line\n'.repeat(20)}`);
    const sent = (text: string, format: 'md' | 'pdf') =>
      askAgent(
        client,
        [
          {
            role: 'user',
            content: [{ text }, { document: { name: 'Minutes', format, source: { bytes: format === 'md' ? lines : pdfSample() } } }],
          },
        ],
        tools,
      );
    const { text, calls } = await sent('Ann Chen: how often are snapshots taken?', 'md');
    expect(text).toMatch(
      /^I got your file \*\*Minutes\*\* \(md\)\..* the first 8 of its 23 lines:\n\n```\n# Minutes\n\nThe rollout .*```\n\nSnapshots are/s,
    );
    expect(calls.map(({ name }) => name)).toEqual(['search_knowledge_base']);
    const alone = await sent('Ann Chen: (no words)', 'pdf');
    expect(alone.calls).toEqual([]);
    expect(alone.text).toMatch(/^I got \*\*Minutes\*\* \(pdf\) and did not look into it.*VERA_MODEL_URL/s);
    const asked = await sent('Ann Chen: what is in this file?', 'pdf');
    expect(asked).toMatchObject({ calls: [], text: alone.text });
  });

  it('tells of the files that the worker hands over as text, and of those it could not get', async () => {
    const parts = [
      'Ann Chen: (no words)',
      '<data from="Ann">\nFile "a b.csv":\nx,y\n</data>',
      '<data from="Ann">\n(File "c.zip" is not shown: it is empty.)\n</data>',
    ];
    const { text } = await askAgent(client, [{ role: 'user', content: parts.map((part) => ({ text: part })) }], tools);
    expect(text).toContain('I got your file **a b.csv** (csv). I did not work with it; this is all of it:\n\n```\nx,y\n```');
    expect(text).toContain('I did not get your file **c.zip**: it is empty.');
  });

  describe('of a table that was sent along', () => {
    const sheet =
      'Table table-1 for query_table (costs.xlsx), 2 of 3 rows:\n| Month | Team | Cloud\n| (date) | (text) | (number)\n| 2026-01-01 | Care | 1';
    const result = (by: string) =>
      `The result is table-2, <data from="costs.xlsx">\n2 rows:\n| ${by} | sum of Cloud\n| (text) | (number)\n| A | 1200.5\n| B | 3\nNote: 1 total row left out.\n</data>`;
    const tableTools = (told: string): TestTool[] =>
      ['query_table', 'draw_chart'].map((name) => toolOf(name, name, {}, () => (name === 'query_table' ? told : 'The chart is shown.')));
    const send = (question: string, head: string, own: readonly TestTool[]) =>
      askAgent(
        client,
        [
          {
            role: 'user',
            content: [{ text: `Ann Chen: ${question}` }, { text: `<data from="Ann">\nFile "costs.xlsx":${head}\n${sheet}\n</data>` }],
          },
        ],
        [...own],
      );

    it.each([
      ['summarise this spreadsheet with a chart', ''],
      ['what are the costs by team?', ' its second sheet is hidden.'],
      ['(no words)', ''],
    ])('"%s": it is added up and drawn, and the numbers are those of the result', async (question, head) => {
      const { text, calls } = await send(question, head, tableTools(result('Team')));
      const sum = { of: 'sum', column: 'Cloud' };
      expect(calls).toEqual([
        {
          name: 'query_table',
          input: { table: 'table-1', group_by: ['Team'], compute: [sum], sort: [{ column: 'sum of Cloud', descending: true }] },
        },
        {
          name: 'draw_chart',
          input: { kind: 'bar', title: 'costs by Team', from: 'table-2', category: 'Team', values: ['sum of Cloud'] },
        },
      ]);
      expect(text).toContain(
        '**costs.xlsx** by Team:\n\n- A: Cloud **1,200.5**\n- B: Cloud **3.0**\n\nTogether: Cloud **1,203.5**.\n\n_1 total row left out._',
      );
      expect(text).not.toContain('I did not work with it');
    });

    it('asked on in its thread it is not forgotten: the month that is named is told', async () => {
      const file = { text: `<data from="Ann">\nFile "costs.xlsx":\n${sheet}\n</data>` };
      const told =
        'The result is table-2, <data from="costs.xlsx">\n2 rows:\n| Month (month) | sum of Cloud\n| (text) | (number)\n| 2026-02 | 7\n| 2026-03 | 1200.5\n</data>';
      const messages = [
        { role: 'user' as const, content: [{ text: 'Ann Chen: summarise this' }, file] },
        { role: 'assistant' as const, content: [{ text: 'It is summarised.' }] },
        { role: 'user' as const, content: [{ text: 'Ann Chen: how much did it come to in March?' }] },
      ];
      const { text, calls } = await askAgent(client, messages, tableTools(told));
      expect(calls.map(({ name, input }) => [name, input])).toMatchObject([['query_table', { group_by: ['Month'], dates_by: 'month' }]]);
      expect(text).toContain('**costs.xlsx** by Month:\n\n- 2026-03: Cloud **1,200.5**');
      expect(text).not.toContain('2026-02');
    });

    it('a column that is asked for is the one it is added up by', async () => {
      const { calls } = await send('draw the costs by month', '', tableTools(result('Month')));
      expect(calls.map(({ input }) => input)).toMatchObject([
        { group_by: ['Month'], dates_by: 'month' },
        { kind: 'line', category: 'Month' },
      ]);
    });

    it('what else is asked is answered, and without the tools the first lines are shown', async () => {
      const { calls } = await send('how often are snapshots taken?', '', [...tableTools(result('Team')), ...tools]);
      expect(calls.map(({ name }) => name)).toEqual(['search_knowledge_base']);
      const { text } = await send('summarise this', '', tools);
      expect(text).toContain('I did not work with it');
    });
  });
});

it('calls the tool it is made to call', () => {
  const toolConfig = { toolChoice: { tool: { name: 'search_knowledge_base' } }, tools: [searchDocuments(knowledge, knowledgeBaseId).tool] };
  const messages = [{ role: 'user', content: [{ text: 'Ann Chen: hello, where are the snapshots?' }] }];
  const { calls } = rehearse({ modelId: 'x', stream: true, messages, toolConfig } as ConverseRequest);
  expect(calls).toEqual([{ name: 'search_knowledge_base', input: { query: 'snapshots' } }]);
});

it('speaks word by word, as fast as told', async () => {
  const request = { modelId: 'x', stream: true, messages: [{ role: 'user', content: [{ text: 'thanks' }] }] };
  const began = performance.now();
  const words: string[] = [];
  for await (const event of rehearsalModel({ tokensPerSecond: 50 })(request, new AbortController().signal)) {
    if (event.kind === 'text') words.push(event.text);
  }
  expect(words).toEqual(['You', ' are', ' welcome!']);
  expect(performance.now() - began).toBeGreaterThan(50);
});
