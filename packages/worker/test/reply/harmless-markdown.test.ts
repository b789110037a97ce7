import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHarmlessMarkdown, toPlainText } from '../../src/reply/harmless-markdown.ts';
import { startWriter, writeSplit } from './start-writer.ts';

const broadcasts = ['<!channel>', '<!here>', '<!everyone>', '<!subteam^S123>', '<!channel|channel>', '<!HERE>', '`<!channel>`'];

describe('what a model wrote', () => {
  test.each(broadcasts)('%s calls nobody', (broadcast) => {
    expect(toHarmlessMarkdown(`Look ${broadcast}!`)).not.toMatch(/<!(channel|here|everyone|subteam)/i);
    expect(toPlainText(`Look ${broadcast}!`)).not.toMatch(/<!/);
  });

  test('mentions of people, links and dates stay as they are', () => {
    const text = 'Ask <@U123> in <#C1|ops>, see <https://example.com/a|this>, by <!date^1700000000^{date}|today>.';
    expect(toHarmlessMarkdown(text)).toBe(text);
  });

  test.each([
    ['[https://bank.example/login](https://evil.example/a)', '[https://evil.example/a](https://evil.example/a)'],
    ['[**www.bank.example**](https://evil.example/?b "Bank")', '[https://evil.example/?b](https://evil.example/?b)'],
    ['[bank.com](https://bank.com.evil.example/)', '[https://bank.com.evil.example/](https://bank.com.evil.example/)'],
    ['[https://bank.example@evil.example](https://bank.example)', '[https://bank.example](https://bank.example)'],
    ['<https://evil.example/a|https://bank.example>', '<https://evil.example/a>'],
  ])('%s shows where it leads', (link, shown) => {
    expect(toHarmlessMarkdown(`See ${link}.`)).toBe(`See ${shown}.`);
    expect(toHarmlessMarkdown(shown)).toBe(shown);
  });

  test.each([
    '[the runbook](https://docs.example/run)',
    '[README.md](https://git.example/README.md)',
    '[https://docs.example/run](https://docs.example/run?a=1)',
    '[www.docs.example](https://docs.example)',
    '[docs.example.com: how to](https://docs.example.com/how)',
    '[1](https://docs.example/1)',
  ])('%s is a link like any other', (link) => {
    expect(toHarmlessMarkdown(link)).toBe(link);
  });

  test('no link lies however the text is split', async () => {
    const lie = 'Log in at [https://bank.example/login](https://evil.example/a) now.';
    for (let length = 1; length <= 12; length += 1) {
      await using started = await startWriter();
      for (let at = 0; at < lie.length; at += length) {
        started.writer.write(lie.slice(at, at + length));
        await new Promise(setImmediate);
      }
      await started.writer.finish({ outcome: 'answered', words: '', blocks: [] });
      expect(started.pieces().join('')).toBe('Log in at [https://evil.example/a](https://evil.example/a) now.');
    }
  });

  test('no crowd is called however the text is split', async () => {
    const text = fc
      .array(fc.constantFrom(...broadcasts, 'a word', ' ', '\n', '`code`', '| cell |'), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (whole, lengths) => {
        await using started = await startWriter();
        await writeSplit(started.writer, whole, lengths);
        await started.writer.finish({ outcome: 'answered', words: 'Done.', blocks: [] });
        expect(started.pieces().join('')).not.toMatch(/<!(channel|here|everyone|subteam)/i);
      }),
      { numRuns: 25 },
    );
  });
});

describe('plain text for notifications', () => {
  test('links, bold and Slack’s special characters', () => {
    expect(toPlainText('**Do** [this](https://example.com/?a=1&b=2), <now> & <@U1>')).toBe(
      '*Do* this (https://example.com/?a=1&amp;b=2), &lt;now> &amp; <@U1>',
    );
  });

  test('it never exceeds what chat.update takes', () => {
    expect(toPlainText('&'.repeat(3_900)).length).toBeLessThanOrEqual(4_000);
  });
});
