import { expect, test } from 'vitest';
import { blocksWithEndedSteps, endOfOpenSteps } from '../src/open-steps.ts';

const card = (task_id: string, status: string) => ({ type: 'task_card', task_id, title: `Step ${task_id}`, status });
const text = { type: 'rich_text', elements: [] };
const ends = [
  { type: 'task_update', id: '2', title: 'Step 2', status: 'error' },
  { type: 'task_update', id: '3', title: 'Step 3', status: 'error' },
];
const cards = [card('1', 'complete'), card('2', 'in_progress'), card('3', 'pending'), card('4', 'error')];
const ended = [card('1', 'complete'), card('2', 'error'), card('3', 'error'), card('4', 'error')];

test.each([
  ['each by itself', [text, ...cards], [text, ...ended]],
  ['in a plan', [{ type: 'plan', title: '', tasks: cards }, text], [{ type: 'plan', title: '', tasks: ended }, text]],
])('steps that are under way end, others stay: %s', (_, blocks, after) => {
  expect(endOfOpenSteps({ blocks })).toEqual({ chunks: ends });
  expect(blocksWithEndedSteps({ blocks })).toEqual(after);
});

test.each([[undefined], [[]], [[text]], [[card('1', 'complete')]], ['nonsense'], [[null, 'x', { type: 'plan', tasks: 7 }]]])(
  'nothing is to be done where none is: %j',
  (blocks) => {
    expect(endOfOpenSteps({ blocks })).toEqual({});
    expect(blocksWithEndedSteps({ blocks })).toBeUndefined();
  },
);
