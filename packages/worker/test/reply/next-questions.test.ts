import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentEvent } from '../../src/agent/agent.ts';
import { NextQuestions } from '../../src/reply/next-questions.ts';

const call = { id: '1', tool: 'search', title: 'Searching' } as const;
const ended: AgentEvent = { kind: 'ended', reason: 'completed' };

async function told(events: readonly AgentEvent[]) {
  const next = new NextQuestions();
  let text = '';
  for await (const event of next.takenOut(from(events))) {
    if (event.kind === 'text') text += event.text;
    if (event.kind === 'tool-started') text += '|';
  }
  return { text, questions: next.questions };
}

async function* from(events: readonly AgentEvent[]): AsyncIterable<AgentEvent> {
  yield* events;
}

/** Torn where `cuts` say. */
function pieces(text: string, cuts: readonly number[]): AgentEvent[] {
  const at = [0, ...[...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((one, other) => one - other), text.length];
  return at.slice(1).map((end, index) => ({ kind: 'text', text: text.slice(at[index], end) }));
}

const block = (...lines: readonly string[]) => `\`\`\`follow-ups\n${lines.join('\n')}\n\`\`\``;

describe('what may be asked next', () => {
  test.each([
    ['at the end', `Bob.\n\n${block('Who is next?', '- And who is second?')}\n`, 'Bob.', ['Who is next?', 'And who is second?']],
    ['alone', block('Who is next?'), '', ['Who is next?']],
    ['without its closing line', 'Bob.\n```follow-ups\nWho is next?\nAnd wh', 'Bob.', ['Who is next?']],
    ['begun and no more', 'Bob.\n```follow-ups', 'Bob.', []],
    ['in the middle', `Bob.\n${block('Who is next?')}\nUntil Friday.`, 'Bob.\nUntil Friday.', []],
    ['more than three, and one twice', block('A a?', 'A a?', 'B b?', 'C c?', 'D d?'), '', ['A a?', 'B b?', 'C c?']],
    ['with ends of lines of another system', 'Bob.\r\n```follow-ups\r\nWho is next?\r\n```\r\n', 'Bob.', ['Who is next?']],
  ])('is taken out of the answer and kept: %s', async (_, text, shown, questions) => {
    expect(await told([{ kind: 'text', text }, ended])).toEqual({ text: shown, questions });
  });

  test('is not what is said before a tool is called', async () => {
    const events: AgentEvent[] = [
      { kind: 'text', text: `One.\n${block('Who is next?')}` },
      { kind: 'tool-started', ...call },
    ];
    expect(await told([...events, { kind: 'text', text: 'Two.' }, ended])).toEqual({ text: 'One.|Two.', questions: [] });
  });

  test('leaves every other text as it is, as soon as it is sure, however it is torn', async () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('```', '```follow', '```ts\n', '\n', '``', ' ', '```follow-upsy\n'));
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.array(fc.nat()), async (parts, cuts) => {
        const text = parts.join('');
        fc.pre(!/^\s*```follow-ups\s*$/m.test(text));
        expect((await told([...pieces(text, cuts), ended])).text).toBe(text);
        const whole = `Bob.\n${block('Who is next?')}`;
        expect(await told([...pieces(whole, cuts), ended])).toEqual({ text: 'Bob.', questions: ['Who is next?'] });
      }),
    );
  });

  test('swallows nothing of an answer that goes on in a block that is never closed', async () => {
    const { text, questions } = await told([
      { kind: 'text', text: 'Answer.\n\n```follow-ups\nWhat is A?\n\nAnd here is the rest.\nIt goes on.' },
      ended,
    ]);
    expect(text).toContain('And here is the rest.\nIt goes on.');
    expect(questions).toEqual([]);
    expect(await told([{ kind: 'text', text: 'Answer.\n\n```follow-ups\nWhat is A?\nWhat is' }, ended])).toEqual({
      text: 'Answer.',
      questions: ['What is A?'],
    });
  });

  test('shows a line at once that cannot be the block', async () => {
    const next = new NextQuestions();
    const seen: string[] = [];
    const events: AgentEvent[] = ['Who', ' is it?\n``', '`ts\n'].map((text) => ({ kind: 'text', text }));
    for await (const event of next.takenOut(from(events))) if (event.kind === 'text') seen.push(event.text);
    expect(seen).toEqual(['Who', ' is it?', '\n```ts']);
  });
});
