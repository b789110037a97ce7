import { expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/agent.ts';
import { Steps } from '../../src/questions/steps.ts';

const ended = (title: string, isError = false, milliseconds = 10.4) =>
  ({ kind: 'tool-ended', id: '1', tool: 'search', title, input: { query: 'a secret' }, isError, milliseconds }) as unknown as AgentEvent;

it('counts what was used by its name, and how often in vain; nothing of what was asked', () => {
  const steps = new Steps();
  for (const event of [ended('Searching'), ended('Jira', true), ended('Searching', true)]) steps.take(event);
  steps.take({ kind: 'text', text: 'a secret' } as AgentEvent);
  expect(steps.all).toEqual([
    { what: 'Searching', times: 2, failed: 1, milliseconds: 20 },
    { what: 'Jira', times: 1, failed: 1, milliseconds: 10 },
  ]);
});

it('keeps a dozen of them, and short names', () => {
  const steps = new Steps();
  for (let index = 0; index < 20; index += 1) steps.take(ended(`${'x'.repeat(300)}${index}`));
  for (let index = 0; index < 20; index += 1) steps.take(ended(`tool ${index}`));
  expect(steps.all.length).toBe(12);
  for (const { what } of steps.all) expect(what.length).toBeLessThanOrEqual(200);
});
