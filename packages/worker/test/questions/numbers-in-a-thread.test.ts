import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { replyMarkOf } from '@vera/slack/reply-mark';
import { describe, expect, test } from 'vitest';
import type { AnswerParams } from '../../src/questions/story.ts';
import { searchKnowledgeBase } from '../../src/tools/search-knowledge-base.ts';
import { startGate } from '../changes/start-gate.ts';
import { oneBase } from '../knowledge/one-base.ts';

/** Finds a document for each word of the query, its age with it. */
const toolsFor: AnswerParams['toolsFor'] = (sources) => [
  searchKnowledgeBase(
    oneBase(async (query) =>
      query.split(' ').map((title) => ({
        ...{ title, url: `https://docs.example/${title}?a=1&b=2`, text: `About ${title}` },
        age: title === 'leave' ? { told: 'undated', warning: 'undated' } : { told: 'updated 2026-11-01' },
      })),
    ),
    { sources },
  ),
];

type Gate = Awaited<ReturnType<typeof startGate>>;
type Asked = Awaited<ReturnType<Gate['asked']>>;

const sourcesOf = (gate: Gate, question: Asked) =>
  /\*Sources\*[^"]*/
    .exec(JSON.stringify(gate.replies(question).findLast((message) => replyMarkOf(message)?.question === question.id)?.blocks))?.[0]
    .split('\\n')
    .slice(1)
    .map((line) => line.replace(/<.*\|(.*)>/, '$1'));
const textOf = (gate: Gate, question: Asked) =>
  gate
    .replies(question)
    .filter((message) => replyMarkOf(message)?.question === question.id)
    .map(({ text }) => text)
    .join('');

/** Searches, then says what it is told to; `[new]` stands for the number of the first document just found. */
function model(turns: readonly { readonly query?: string; readonly says: string }[]) {
  let at = 0;
  return ({ messages }: ConverseRequest): ScriptedTurn => {
    const turn = turns[at] ?? { says: 'Nothing more.' };
    const results = JSON.stringify(messages.at(-1)?.content.filter((block) => 'toolResult' in block));
    const found = /\[(\d+)\] <data/.exec(results)?.[1];
    if (turn.query !== undefined && found === undefined) return [{ call: 'search_knowledge_base', input: { query: turn.query } }];
    at += 1;
    return turn.says.replaceAll('[new]', `[${found}]`);
  };
}

async function ask(gate: Gate, threadTs?: string): Promise<Asked> {
  const question = await gate.asked('<@UVERA> how is it?', threadTs === undefined ? {} : { threadTs });
  await gate.closed(question);
  return question;
}

describe('M13 a number', () => {
  test('stands for one document in all of the thread: a sentence said again leads where it led', async () => {
    const turns = [
      { query: 'leave', says: 'Leave is 25 days [new].' },
      { query: 'travel', says: 'As I said, leave is 25 days [1]. A hotel may cost 120 EUR [new].' },
      { query: 'travel leave', says: 'Hotels [new], and [1], [2].' },
    ];
    await using gate = await startGate(model(turns), { toolsFor });
    const first = await ask(gate);
    expect([textOf(gate, first), sourcesOf(gate, first)]).toEqual(['Leave is 25 days [1].', ['[1] leave · undated']]);
    const second = await ask(gate, first.threadTs);
    expect(textOf(gate, second)).toBe('As I said, leave is 25 days [1]. A hotel may cost 120 EUR [2].');
    expect(sourcesOf(gate, second)).toEqual(['[1] leave · undated', '[2] travel']);
    const third = await ask(gate, first.threadTs);
    expect([textOf(gate, third), sourcesOf(gate, third)]).toEqual(['Hotels [2], and [1], [2].', ['[1] leave · undated', '[2] travel']]);
  });

  test('that a model repeats without having searched leads there, too; one that nobody gave is gone', async () => {
    const turns = [{ query: 'leave', says: 'Leave is 25 days [new].' }, { says: 'Yes, 25 [1], not 30 [2].' }];
    await using gate = await startGate(model(turns), { toolsFor });
    const first = await ask(gate);
    const second = await ask(gate, first.threadTs);
    expect([textOf(gate, second), sourcesOf(gate, second)]).toEqual(['Yes, 25 [1], not 30.', ['[1] leave · undated']]);
  });

  test('is not given again to another document where an answer cited none', async () => {
    const turns = [
      { query: 'leave', says: 'Leave is 25 days [new].' },
      { query: 'pets', says: 'I found nothing about that.' },
      { query: 'travel', says: 'A hotel may cost 120 EUR [new].' },
    ];
    await using gate = await startGate(model(turns), { toolsFor });
    const first = await ask(gate);
    const second = await ask(gate, first.threadTs);
    expect(sourcesOf(gate, second)).toBeUndefined();
    const third = await ask(gate, first.threadTs);
    expect([textOf(gate, third), sourcesOf(gate, third)]).toEqual(['A hotel may cost 120 EUR [2].', ['[2] travel']]);
  });
});
