import { expect, test } from 'vitest';
import type { AnswerParams } from '../../src/questions/story.ts';
import { searchKnowledgeBase } from '../../src/tools/search-knowledge-base.ts';
import { startGate } from '../changes/start-gate.ts';
import { oneBase } from '../knowledge/one-base.ts';

/** Finds a document for each word, and gives the pages their names. */
const toolsFor: AnswerParams['toolsFor'] = (sources) => [
  searchKnowledgeBase(
    oneBase(async (query) => query.split(' ').map((title) => ({ title, url: `https://docs.example/${title}`, text: `About ${title}` }))),
    { sources },
  ),
];
const search = (query: string) => [{ call: 'search_knowledge_base', input: { query } }];
const note = { call: 'write_note', input: { text: 'x' } };
type Gate = Awaited<ReturnType<typeof startGate>>;
const sourcesIn = (gate: Gate, question: Awaited<ReturnType<Gate['asked']>>) =>
  gate.replies(question).map(({ blocks }) => /\*Sources\*[^"]*/.exec(JSON.stringify(blocks))?.[0].replaceAll('\\n', '\n'));

test('are those it cites, numbered from 1; a mark without a document vanishes', async () => {
  await using gate = await startGate([search('first second'), 'It is so [2], not [7].'], { toolsFor });
  const question = await gate.asked('<@UVERA> is it so?');
  await gate.closed(question);
  expect(gate.text(question)).toBe('It is so [1], not.');
  expect(sourcesIn(gate, question)).toEqual(['*Sources*\n[1] <https://docs.example/second|second>']);
  expect(gate.replies(question)[0]?.tasks).toMatchObject([
    { id: 'step-1', title: 'Searching the knowledge base', details: '“first second”', status: 'complete', output: '2 documents' },
  ]);
});

test('F30 a step names the pages it found, each once and no more than a few, those with an address on the web', async () => {
  const long = `https://docs.example/${'x'.repeat(3_000)}`;
  const urls = ['https://a.example/1', 'ftp://a.example/2', undefined, 'javascript:alert(1)', '/wiki/3', long, 'https://a.example/1#part'];
  const more = [1, 2, 3, 4, 5, 6].map((number) => `http://b.example/${number}`);
  const found = [...urls, ...more].map((url) => ({ title: 'A: <b> xoxb-1234-abcd', text: 'so', ...(url === undefined ? {} : { url }) }));
  const tools: AnswerParams['toolsFor'] = (sources) => [
    searchKnowledgeBase(
      oneBase(async () => found),
      { sources },
    ),
  ];
  await using gate = await startGate([search('first'), 'It is so.'], { toolsFor: tools });
  const question = await gate.asked('<@UVERA> is it so?');
  await gate.closed(question);
  const shown = gate.replies(question)[0]?.tasks?.[0]?.sources ?? [];
  expect(shown.map(({ url }) => url)).toEqual(['https://a.example/1', ...more.slice(0, 4)]);
  expect(new Set(shown.map(({ text }) => text))).toEqual(new Set(['A b [redacted]'.replace(/[[\]]/g, ' ').replace(/ +/g, ' ').trim()]));
});

test('F30 a step that failed says why, without what is meant for the model', async () => {
  const tools: AnswerParams['toolsFor'] = (sources) => [
    searchKnowledgeBase(
      oneBase(() => Promise.reject(new Error('secret'))),
      { sources },
    ),
  ];
  await using gate = await startGate([search('first'), 'I cannot look.'], { toolsFor: tools });
  const question = await gate.asked('<@UVERA> is it so?');
  await gate.closed(question);
  const output = 'could not be searched: the knowledge base';
  expect(gate.replies(question)[0]?.tasks).toMatchObject([{ status: 'error', output }]);
});

test('are none where nothing is cited: what was only looked at is no source', async () => {
  await using gate = await startGate([search('a b c d'), 'I found nothing.'], { toolsFor });
  const question = await gate.asked('<@UVERA> is it so?');
  await gate.closed(question);
  expect(sourcesIn(gate, question)).toEqual([undefined]);
});

test('stand under what was said before a person was needed, and go on from there', async () => {
  await using gate = await startGate([search('rota alarm'), ['It is so [2]. ', note], search('alarm vault'), 'Now [3] and [2].'], {
    toolsFor,
  });
  const question = await gate.asked();
  await gate.waits(question);
  await gate.press(question, 'approve');
  await gate.closed(question);
  expect(gate.text(question)).toBe('It is so [1]. \n---\nWrite a note: done\n---\nNow [2] and [1].');
  expect(sourcesIn(gate, question)).toEqual([
    '*Sources*\n[1] <https://docs.example/alarm|alarm>',
    undefined,
    '*Sources*\n[1] <https://docs.example/alarm|alarm>\n[2] <https://docs.example/vault|vault>',
  ]);
});

test('stand also under an answer that broke off, whose marks would say nothing without', async () => {
  await using gate = await startGate([search('rota'), ['It is so [1]. ', { stop: 'malformed_model_output' }]], { toolsFor });
  const question = await gate.asked();
  expect(await gate.closed(question)).toMatchObject({ state: 'failed' });
  expect(sourcesIn(gate, question)).toEqual(['*Sources*\n[1] <https://docs.example/rota|rota>']);
});
