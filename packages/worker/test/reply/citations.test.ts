import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Citations } from '../../src/reply/citations.ts';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { markdownText } from './markdown-text.ts';

/** Eight places in seven documents: the fourth and the eighth are two parts of one page. */
function found() {
  const sources = createSources();
  for (const name of ['a', 'b', 'c', 'page', 'e', 'f', 'g']) sources.add({ title: name, url: `https://docs.example/${name}` }, 'first');
  sources.add({ title: 'page', url: 'https://docs.example/page#later' }, 'second');
  return sources;
}

function written(text: string, lengths: readonly number[] = [text.length]) {
  const citations = new Citations({ documentOf: found().documentOf });
  let out = '';
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] || 1;
    out += citations.add(text.slice(at, at + length));
    at += length;
  }
  return { text: out + citations.flush(), cited: citations.cited, citations };
}

describe('F31 the marks of an answer', () => {
  test('of pages that live behind a hash are a number each', () => {
    const sources = createSources();
    for (const name of ['leave', 'travel']) sources.add({ title: name, url: `https://docs.example/#/${name}` });
    const citations = new Citations({ documentOf: sources.documentOf });
    expect(citations.add('Leave [1]. Travel [2].') + citations.flush()).toBe('Leave [1]. Travel [2].');
    expect(citations.cited.map(({ title }) => title)).toEqual(['leave', 'travel']);
  });

  test('of a page found at two places are one number, and one line', () => {
    const { text, cited } = written(
      'So it is [4]. And so [8]. Both [4, 8]. All [4，8]. Not [9]. Code: `a[0]` and "see [3] in the ticket".',
    );
    expect(text).toBe('So it is [1]. And so [1]. Both [1]. All [1]. Not. Code: `a[0]` and "see [3] in the ticket".');
    expect(cited).toEqual([{ number: 1, title: 'page', url: 'https://docs.example/page' }]);
  });

  test.each([
    ['are numbered from 1 as they are cited', 'One [5], two [2], one [5].', 'One [1], two [2], one [1].'],
    ['come apart where they are combined', 'So [2, 3; 5、6]', 'So [1] [2] [3] [4]'],
    ['stand for ranges', 'So [1–3] and [2-3]', 'So [1] [2] [3] and [2] [3]'],
    ['stand for ranges however a dash is written', 'So [1‑3] and [1—2] and [2 to 3]', 'So [1] [2] [3] and [1] [2] and [2] [3]'],
    [
      'stand however they are dressed',
      'So [^1] and ［2］ and 〔3〕 and [Source 1] and [2, p. 3]',
      'So [1] and [2] and [3] and [1] and [2]',
    ],
    ['stand for what is there of a range', 'So [6-12], not [9-12][9]', 'So [1] [2] [3], not [9-12]'],
    ['that say the same are one', 'So [4][8] [4] and [4].', 'So [1] and [1].'],
    ['joined in words', 'So [4]. B [5]. C [1 and 2].', 'So [1]. B [2]. C [3] [4].'],
    ['joined in any way', 'So [5]. [1, 2 and 3] [4 und 5] [6..7]', 'So [1]. [2] [3] [4] [5] [1] [6] [7]'],
    ['joined by signs', 'So [5]. [1|2] and [3 · 5] and [1-2 and 3] and [1 2]', 'So [1]. [2] [3] and [4] [1] and [2] [3] [4] and [2] [3]'],
    ['with a word before', 'So [5]. [no. 1], [ref 2], [Source: 3], [see also 5]', 'So [1]. [2], [3], [4], [1]'],
    ['in digits of other scripts', 'So [5]. And [２].', 'So [1]. And [2].'],
    ['escaped, since a reader sees no difference', 'So [5]. \\[1\\] and \\[2].', 'So [1]. [2] and [3].'],
    ['raised', 'So [5]. Yes.<sup>1</sup> and <sup>[2, 3]</sup>.', 'So [1]. Yes.[2] and [3] [4].'],
    ['behind an address', 'So [5]: https://a.example/b[1]. Yes', 'So [1]: https://a.example/b[2]. Yes'],
    ['in the form of other models', 'So 【2†source】 and【3】.', 'So [1] and[2].'],
    ['right behind a word', 'at the back[2]. 托盘在后面[3]。', 'at the back[1]. 托盘在后面[2]。'],
    ['that begin a line', '[9] says so\n[2] too', ' says so\n[1] too'],
    ['before a colon', 'In #ops [2]: so. And [3]:\n- y [5]: z', 'In #ops [1]: so. And [2]:\n- y [3]: z'],
    ['in lists, tables and headings', '# x [2]\n- y [3]\n\n| a [5] |\n|---|\n| b |', '# x [1]\n- y [2]\n\n| a [3] |\n|---|\n| b |'],
  ])('%s', (_, answer, expected) => {
    expect(written(answer).text).toBe(expected);
  });

  test.each([
    ['links', '[2](https://x.example/a_[3]) and [see [2] there](https://x.example) and <https://x.example/[2]>'],
    ['code', '`a[2]` and ``x ` [2]``'],
    ['code blocks', '```ts\na [2] "\n```'],
    ['code blocks in lists', '- x\n  ~~~\n  [2]\n  ~~~'],
    ['a code block that never ends', '```\n[2]'],
    ['quotations', '"see [3]" and “see [3]” and „see [3]“ and «[3]» and 「[3]」'],
    // Ambiguous at the end of one, where a model may mean its source: who reads a quotation expects the words of the other.
    ['the ends of quotations', 'He said “use the replay [2]”, and "see [4]."'],
    ['lines quoted', '> see [3] there\n>> [2]'],
    ['indexes', 'a[0], items[9] and items[2].name'],
    ['years and numbers', 'in [2024], from [10-20], [x] and [ ]'],
    ['escaped brackets without a source', '\\[9] and \\[x\\] and \\[10 000\\]'],
    ['addresses', 'https://a.example/b[4]/c and https://a.example/-[4]/c, www.a.example/[4]'],
    ['powers', '5 m<sup>2</sup>, 10<sup>3</sup> and x<sup>2</sup>, H<sup>a</sup>'],
    ['counts, times and sums', '[2 of 3], [1.5], [10:30], [10 000], [5 min], [#2], [-2], [2%]'],
    ['definitions', '[2]: https://x.example'],
    ['definitions in lists', '- [2]: https://x.example\n  1. [3]: https://x.example'],
  ])('%s stay as they are', (_, answer) => {
    const { text, cited } = written(answer);
    expect(text).toBe(answer);
    expect(cited).toEqual([]);
  });

  test('behind a quotation, inches and an unfinished quotation are marks', () => {
    expect(written('"so" [2], a 5" pipe [3]\n"never ends [5]\n').text).toBe('"so" [1], a 5" pipe [2]\n"never ends [3]\n');
  });

  test('are the same however the text is torn', () => {
    const answers = fc.constantFrom(
      'So it is [4]. And so [8]. Both [4, 8]. All [4，8]. Not [9]. Code: `a[0]` and "see [3] in the ticket". [2](https://x.example) 【5†x】',
      '- x [2]\n```\na [2]\n```\n> [3]\n\nback[5]. items[2].name "never [6]\nend [1-3]',
      'So [1 and 2], <sup>3</sup> m<sup>2</sup> \\[4\\] \\x https://a.example/[4]/c [no. 5] 【1 and 2】 [1/a]',
      'In #ops [2]: so\n- [2]: https://x.example\nAnd [3]:\n[5]: https://x.example',
    );
    fc.assert(
      fc.property(answers, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (answer, lengths) => {
        const withoutGaps = (text: string) => text.replace(/ +(?=[ .])/g, '');
        expect(withoutGaps(written(answer, lengths).text)).toBe(withoutGaps(written(answer).text));
      }),
      { numRuns: 500 },
    );
  });

  test('leave any text without marks as it is', () => {
    const text = fc.oneof(
      markdownText(8),
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '`', '```', '~', '"', '[', ']', '(', '<', '>', '\\', '“', '【', '- ') }),
    );
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (answer, lengths) => {
        expect(written(answer, lengths).text).toBe(answer);
      }),
      { numRuns: 500 },
    );
  });

  test('go on where the turn before ended, and name its documents as it did', () => {
    const sources = found();
    const first = new Citations({ documentOf: sources.documentOf });
    first.add('So [4] and [2].\n');
    const next = new Citations({ documentOf: sources.documentOf, before: first.keys });
    expect(next.add('Now [5] and [8].\n')).toBe('Now [3] and [1].\n');
    expect(next.cited.map(({ number, title }) => [number, title])).toEqual([
      [1, 'page'],
      [3, 'e'],
    ]);
  });

  test('a mark that is never finished is shown as it is in the end', () => {
    const citations = new Citations({ documentOf: found().documentOf });
    expect(citations.add('So it is ')).toBe('So it is ');
    expect(citations.add('[4')).toBe('');
    expect(citations.flush()).toBe('[4');
  });
});
