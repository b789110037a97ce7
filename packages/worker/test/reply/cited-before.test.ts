import { toMetadata } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citedBefore } from '../../src/reply/cited-before.ts';
import { type Source, sourceBlocks, sourcesIn } from '../../src/reply/reply-blocks.ts';

function answer(sources: readonly Source[], cited?: readonly string[], user = 'UVERA'): SlackMessage {
  const metadata = toMetadata({ question: 'Q1', piece: 1, outcome: 'answered', ...(cited ? { cited } : {}) });
  return { ts: '1.0', user, blocks: sourceBlocks(sources), metadata };
}
const leave = { number: 1, title: 'Leave', url: 'https://docs.example/leave' };
const travel = { number: 2, title: 'Travel', url: 'https://docs.example/travel' };

describe('M13 what was cited before', () => {
  test('is told by number, with the names of all', () => {
    const messages = [answer([leave], ['a']), answer([travel], ['a', 'b']), answer([])];
    const { number: _, ...first } = leave;
    const { number: __, ...second } = travel;
    expect(citedBefore(messages, 'UVERA')).toEqual({ keys: ['a', 'b'], documents: [first, second] });
  });

  test('by two answers at once, each in its way, is no document; its number is used up', () => {
    const other = { ...travel, title: 'Pets', url: 'https://docs.example/pets' };
    const { documents, keys } = citedBefore([answer([leave], ['a']), answer([travel], ['a', 'b']), answer([other], ['a', 'c'])], 'UVERA');
    expect([documents[1], keys.length]).toEqual([undefined, 2]);
  });

  test('without a mark counts by its list', () => {
    expect(citedBefore([answer([{ ...travel, number: 7 }])], 'UVERA').keys).toHaveLength(7);
  });

  test('by somebody else is not read', () => {
    expect(citedBefore([answer([leave], ['a'], 'UBOB'), { ts: '2.0', user: 'UVERA', blocks: sourceBlocks([leave]) }], 'UVERA')).toEqual({
      keys: [],
      documents: [],
    });
  });
});

test('the list under an answer is read as it was written, whatever the documents are called', () => {
  const title = fc.string({ unit: fc.constantFrom('a', ' ', '·', '|', '[1]', '&', '<', '>', '(', 'ü', '“'), minLength: 1, maxLength: 20 });
  const source = fc.record(
    {
      title: title.map((text) => `x${text}x`),
      url: fc.webUrl({ withQueryParameters: true }),
      warning: fc.constantFrom('undated', 'outdated: 9 months old'),
    },
    { requiredKeys: ['title'] },
  );
  fc.assert(
    fc.property(fc.array(source, { minLength: 1, maxLength: 5 }), (documents) => {
      const sources = documents.map((document, index) => ({ number: index + 1, ...document }));
      expect(sourcesIn(sourceBlocks(sources))).toEqual(sources.map(({ url, ...rest }) => ({ ...rest, ...(url ? { url } : {}) })));
    }),
  );
  expect(sourcesIn(undefined)).toEqual([]);
  expect(sourcesIn([{ type: 'context', elements: [{ type: 'mrkdwn', text: 'Written by AI' }, null] }, null, {}])).toEqual([]);
});
