import { readFeedbackValue } from '@vera/protocol/action';
import { expect, test } from 'vitest';
import { blocksUnder } from '../../src/reply/reply-blocks.ts';
import { startWriter } from './start-writer.ts';

const ts = '1766458026.240809';
const elementsOf = (block: Record<string, unknown> | undefined) => block?.elements as Record<string, unknown>[];

test('sources are numbered links, escaped, above the reminder and the buttons', () => {
  const [sources, reminder, buttons] = blocksUnder(
    [
      { number: 1, title: 'On-call <rota> & more', url: 'https://example.com/a|b' },
      { number: 3, title: 'A file' },
    ],
    ts,
  );
  expect(elementsOf(sources)).toEqual([
    { type: 'mrkdwn', text: '*Sources*\n[1] <https://example.com/a%7Cb|On-call &lt;rota&gt; &amp; more>\n[3] A file' },
  ]);
  expect(elementsOf(reminder)[0]?.text).toContain('AI');
  expect(buttons).toMatchObject({ type: 'context_actions', elements: [{ type: 'feedback_buttons' }] });
});

test('without sources there is no empty block for them', () => {
  expect(blocksUnder([], ts).map(({ type }) => type)).toEqual(['context', 'context_actions']);
});

test('the buttons carry the rating and the question', () => {
  const [feedback] = elementsOf(blocksUnder([], ts).at(-1));
  const { positive_button, negative_button } = feedback as Record<'positive_button' | 'negative_button', { value: string }>;
  expect(readFeedbackValue(positive_button.value)).toEqual({ rating: 'good', messageTs: ts });
  expect(readFeedbackValue(negative_button.value)).toEqual({ rating: 'bad', messageTs: ts });
});

test('Slack takes them under a stream and under a post, with as many and as long sources as there may be', async () => {
  const sources = Array.from({ length: 40 }, (_, index) => ({
    number: index + 1,
    title: `${'A very long title '.repeat(10)}${index}`,
    url: `https://example.com/${'path/'.repeat(30)}${index}`,
  }));
  for (const agentFeatures of [true, false]) {
    await using started = await startWriter({ slack: { agentFeatures } });
    started.writer.write('All is well. ');
    await started.showing('All is well.');
    await started.writer.finish({ outcome: 'answered', words: '', blocks: blocksUnder(sources, ts) });
    expect(
      started
        .messages()
        .at(-1)
        ?.blocks?.map(({ type }) => type),
    ).toEqual(expect.arrayContaining(['context', 'context_actions']));
    expect(started.pieces()).toEqual(['All is well. ']);
    expect(JSON.stringify(started.messages().at(-1)?.blocks)).not.toMatch(/<https:[^>]*"/);
  }
});
