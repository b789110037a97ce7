import { expect, test } from 'vitest';
import type { AnswerParams } from '../../src/questions/story.ts';
import { searchKnowledgeBase } from '../../src/tools/search-knowledge-base.ts';
import { startGate } from '../changes/start-gate.ts';

/** Finds a document for each word, and gives the pages their names. */
const toolsFor: AnswerParams['toolsFor'] = (sources) => [
  searchKnowledgeBase(
    async (query) => query.split(' ').map((title) => ({ title, url: `https://docs.example/${title}`, text: `About ${title}` })),
    sources,
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
});

test('are none where nothing is cited: what was only looked at is no source', async () => {
  await using gate = await startGate([search('a b c d'), 'I found nothing.'], { toolsFor });
  const question = await gate.asked('<@UVERA> is it so?');
  await gate.closed(question);
  expect(sourcesIn(gate, question)).toEqual([undefined]);
});

test('stand under what was said before a person was needed, and go on from there', async () => {
  await using gate = await startGate([search('rota alarm'), ['It is so [2]. ', note], search('alarm vault'), 'Now [2] and [1].'], {
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
