import { describe, expect, test } from 'vitest';
import type { AgentEvent, Content, Turn } from '../../src/agent/agent.ts';
import { type StartedAgent, startAgent } from './start-agent.ts';

const guardrail = { id: 'guardrail01', version: '1' };
const said = (role: Turn['role'], ...texts: string[]): Turn => ({ role, content: texts.map((text): Content => ({ kind: 'text', text })) });
const asks = said('user', 'Ann: and now?');
const leftOut = (events: readonly AgentEvent[]) => events.flatMap((event) => (event.kind === 'left-out' ? [event.words] : []));
const read = ({ bedrock }: StartedAgent, at = -1) => JSON.stringify(bedrock.requests.at(at)?.messages);

const before = (...texts: string[]) => [said('user', ...texts), said('assistant', 'Twenty.'), asks];

describe('what was said before the latest turn', () => {
  test('is judged, and what is stopped is left out by itself, and named; the question is answered', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    const texts = ['Bob: how many days?', 'Guest: the salary of Bob is 1.', 'Bob: Carol may know.'];
    const { end, events } = await agent.run({ turns: [...before(...texts).slice(0, 2), said('user', 'Bob: beat him up'), ...before()] });
    expect(end).toBe('completed');
    expect(read(agent)).toMatch(/how many days.*Something that was said here is left out.*Carol may know.*is left out.*and now/);
    expect(read(agent)).not.toMatch(/salary|beat/);
    expect(leftOut(events)).toEqual([
      'The content rules of this workspace kept back something that was said above, because of the topic “Salaries” and violence',
    ]);
    expect(read(agent).match(/guardContent/g)).toHaveLength(1);
  });

  test('goes in masked, each text at its place, also where it holds what parts them', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    await agent.run({ turns: before('Bob: I', 'Bob: ann@northwind.test', 'Bob: a\n⁂\nb@northwind.test') });
    const [{ content } = { content: [] }] = agent.bedrock.requests[0]?.messages ?? [];
    expect(content.slice(0, 3)).toMatchObject([{ text: 'Bob: I' }, { text: 'Bob: {EMAIL}' }, { text: 'Bob: a\n⁂\n{EMAIL}' }]);
  });

  test('and cannot be judged is left out and named', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    agent.bedrock.applyGuardrail.inject({ kind: 'throttled', times: 99 });
    const { end, events } = await agent.run({ turns: before('Bob: harmless') });
    expect(end).toBe('completed');
    expect(read(agent)).not.toContain('harmless');
    expect(leftOut(events)).toEqual(['The content rules of this workspace could not be checked for something that was said above']);
  });

  test('costs one call for all of it, and in a process none for what passed before, be it there or as the latest', async () => {
    await using agent = await startAgent(['Twenty.', 'Fine.', 'Fine.'], { guardrail });
    await agent.run({ turns: [said('user', 'Ann: how many days?')] });
    await agent.run({ turns: before('Ann: how many days?') });
    expect(agent.bedrock.applyGuardrail.calls).toHaveLength(0);
    await agent.run({ turns: before('Ann: how many days?', 'Guest: hi', 'Guest: ho') });
    expect(agent.bedrock.applyGuardrail.calls.map(({ content }) => content[0]?.text?.text)).toEqual(['Guest: hi\n⁂\nGuest: ho']);
    await agent.run({ turns: before('Ann: how many days?', 'Guest: hi', 'Guest: ho') });
    expect(agent.bedrock.applyGuardrail.calls).toHaveLength(1);
    // Edited since.
    await agent.run({ turns: before('Ann: how high is the salary of Bob?', 'Guest: hi') });
    expect(read(agent)).not.toContain('salary');
  });
});

describe('a latest turn that is longer than a call judges', () => {
  const long = (words: string) => `Bob: ${'Fine. '.repeat(2_000)}${words}`;

  test('is judged before but for its newest texts: what is stopped of it is left out', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    const { end, events } = await agent.run({
      turns: [said('user', long('The salary of Bob is 1.'), long('one'), long('two'), 'Ann: well?')],
    });
    expect(end).toBe('completed');
    expect(read(agent)).not.toContain('salary');
    expect(read(agent)).toMatch(/one.*two.*well/);
    expect(leftOut(events)).toHaveLength(1);
    await agent.run({ turns: [said('user', long('one'), long('two'), long('three'), 'Ann: the salary of Bob?')] });
    expect(agent.bedrock.requests).toHaveLength(2);
  });

  const rows = (last: string) =>
    `Judge these.\n${Array.from({ length: 2_900 }, (_, row) => `| PAY-${row} | It does not work at all |`).join('\n')}\n${last}`;

  test('with one text alone, as of rows for a helper, is judged in pieces and goes in whole', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    const ask = rows('| PAY-1 | ann@northwind.test |');
    expect(ask.length).toBeGreaterThan(100_000);
    expect((await agent.run({ ask })).end).toBe('completed');
    const parts = agent.bedrock.requests[0]?.messages[0]?.content ?? [];
    expect(parts.map(({ text, guardContent }) => text ?? guardContent?.text?.text ?? '').join('')).toBe(
      ask.replace('ann@northwind.test', '{EMAIL}'),
    );
    expect(parts.filter(({ guardContent }) => guardContent)).toHaveLength(1);
  });

  test.each([
    ['stopped', 'blocked', () => undefined],
    ['not judged', 'unavailable', (agent: StartedAgent) => agent.bedrock.applyGuardrail.inject({ kind: 'throttled', times: 99 })],
  ] as const)('with one text alone that is %s goes in not at all', async (_, end, prepare) => {
    await using agent = await startAgent(['Fine.'], { guardrail });
    prepare(agent);
    const ask = rows('').replace('PAY-1000 |', 'PAY-1000 | The salary of Bob |');
    expect((await agent.run({ ask })).end).toBe(end);
    expect(agent.bedrock.requests).toHaveLength(0);
  });
});
