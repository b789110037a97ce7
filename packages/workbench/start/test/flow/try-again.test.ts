import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { retryActionId, retryValueOf } from '@vera/protocol/action';
import { expect, test } from 'vitest';
import { type Asked, startTestSystem, type TestSystem } from '../support/test-system.ts';

/** Breaks off at first, then looks things up and cites by the number that the last document it found was given. */
function turns() {
  let call = 0;
  const cited: number[] = [];
  const model = scriptedModel((request): ScriptedTurn => {
    call += 1;
    const results = JSON.stringify(request.messages.at(-1)?.content.filter((block) => 'toolResult' in block));
    const number = [...results.matchAll(/\[(\d+)\] <data/g)].map(([, found]) => Number(found)).at(-1);
    if (call === 1) return ['Half of the answer ', { stop: 'malformed_model_output' }];
    if (number === undefined) return ['I look it up.', { call: 'search_knowledge_base', input: { query: 'printer paper jam holidays' } }];
    cited.push(number);
    return `It is so [${number}], and so [${number}, 977], but not so [978].`;
  });
  return { model, cited };
}

function buttonsIn(system: TestSystem, asked: Asked): { readonly messageTs: string; readonly value: string }[] {
  return system.replies(asked).flatMap(({ ts, blocks = [] }) => {
    const elements = blocks.flatMap((block) => (Array.isArray(block.elements) ? block.elements : []));
    return elements.flatMap((one) => (one?.action_id === retryActionId ? [{ messageTs: ts, value: String(one.value) }] : []));
  });
}

test('F34 a failed answer is tried again by its button, once; F31 its sources are numbered as they are cited', async () => {
  const { model, cited } = turns();
  await using system = await startTestSystem(model);
  const asked = system.ask({ text: 'the printer has a paper jam' });
  expect(system.text(await system.answered(asked))).toContain('Half of the answer');
  const [button] = buttonsIn(system, asked);
  expect(button?.value).toBe(retryValueOf({ messageTs: asked.ts, leg: 0 }));
  const click = { user: 'U0ANN', channel: asked.channel, actionId: retryActionId, ...button! };
  const statuses = await Promise.all([system.slack.click(click), system.slack.click(click)]);
  expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
  const isAnswered = () => system.log.some(({ event, question }) => event === 'question.answered' && question === asked.id);
  await system.until(() => isAnswered() && buttonsIn(system, asked).length === 0, 'an answer, and no button');
  const answer = system.replies(asked).at(-1);
  expect(answer?.markdown).toBe('I look it up.\n\nIt is so [1], and so [1], but not so.');
  expect(system.outcomes(asked).map(({ metadata }) => metadata?.event_payload.outcome)).toEqual(['failed', 'answered']);
  const [sources = ''] = /\*Sources\*[^"]*/.exec(JSON.stringify(answer?.blocks)) ?? [];
  expect(sources.match(/\[\d+\]/g)).toEqual(['[1]']);
  expect(cited).toHaveLength(1);
  expect(answer?.tasks).toMatchObject([
    {
      at: 'I look it up.'.length,
      details: '“printer paper jam holidays”',
      status: 'complete',
      sources: [{ text: 'Holidays' }, { text: 'Printer handbook' }],
    },
  ]);
  expect(cited[0]).toBeGreaterThan(1);
});
