import { createLog } from '@vera/service-kit/log';
import { expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/agent.ts';
import { logEvent } from '../../src/agent/log-event.ts';

function lineOf(event: Partial<Extract<AgentEvent, { kind: 'tool-ended' }>>) {
  const lines: string[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(line) });
  const ended = {
    kind: 'tool-ended',
    id: 'step-1',
    tool: 'look_up',
    title: 'Looking',
    isError: false,
    milliseconds: 5,
    input: {},
    output: '',
  } as const;
  logEvent(log, { ...ended, ...event });
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
}

it('a tool that failed says by which category and why, without what it was given', () => {
  const input = { query: 'salary of Maya Lindqvist', filters: [{ name: 'Lindqvist' }] };
  const told = 'refused: nothing is called salary of Maya Lindqvist, nor Lindqvist alone';
  expect(lineOf({ isError: true, code: 'refused', told, input })).toMatchObject({
    event: 'tool.called',
    status: 'error',
    code: 'refused',
    why: 'refused: nothing is called …, nor … alone',
  });
  expect(lineOf({ isError: true })).toMatchObject({ code: 'tool', why: '' });
});

it('which documents were read is told, each once, and not what they say', () => {
  const document = { title: 'On-call handbook', url: 'https://docs.example/on-call', warning: 'outdated' };
  const line = lineOf({ found: [document, document, { title: 'Costs', id: 's3://kb/costs.md' }], output: 'the text of a passage' });
  expect(line.read).toEqual([
    { title: 'On-call handbook', url: 'https://docs.example/on-call' },
    { title: 'Costs', id: 's3://kb/costs.md' },
  ]);
  expect(JSON.stringify(line)).not.toContain('passage');
});
