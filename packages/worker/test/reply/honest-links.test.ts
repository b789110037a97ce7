import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Lexer, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import { toHarmlessMarkdown } from '../../src/reply/harmless-markdown.ts';
import links from '../cases/links.json' with { type: 'json' };
import { startWriter, writeSplit } from './start-writer.ts';

const file = readFileSync(new URL('../cases/B07-links-with-brackets.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const kept = 'must stay: ';
const lies = [...links.mustShowWhereTheyLead, ...file.filter((line) => !line.startsWith(kept))];
const honest = [...links.mustStay, ...file.filter((line) => line.startsWith(kept)).map((line) => line.slice(kept.length))];

/** What a reader sees of each link that renders, and where it leads. */
function linksIn(markdown: string): { readonly words: string; readonly host: string }[] {
  const inside = (token: Token): readonly Token[] => ('items' in token ? token.items : 'tokens' in token && token.tokens) || [];
  const all = (tokens: readonly Token[]): Token[] => tokens.flatMap((token) => [token, ...all(inside(token))]);
  const rendered = all(new Lexer({ gfm: true }).lex(markdown)).filter(({ type }) => type === 'link' || type === 'image');
  const slack = [...markdown.matchAll(/<(https?:[^|<>]+)\|([^<>]+)>/g)].map(([, href = '', text = '']) => ({ href, text }));
  return [...rendered, ...slack].map((token) => ({
    words: String('text' in token ? token.text : ''),
    host: URL.parse(String('href' in token ? token.href : ''))?.hostname ?? '',
  }));
}

const told = (markdown: string) =>
  linksIn(markdown).every(({ words, host }) => words.includes(host) && !/bank|northwind|Maya|#pay/.test(words));

describe('a link', () => {
  test.each(lies)('%s shows where it leads', (lie) => {
    const shown = toHarmlessMarkdown(`See ${lie}`);
    expect(linksIn(shown).filter(({ host }) => !/^evil/.test(host) && host !== '')).toEqual([]);
    expect(told(shown), shown).toBe(true);
    expect(shown).toMatch(/evil\.|slack:\/\/channel/);
    expect(toHarmlessMarkdown(shown)).toBe(shown);
  });

  test.each(honest)('%s stays as it is, byte for byte', (link) => expect(toHarmlessMarkdown(link)).toBe(link));

  test.each([
    'array[i](j) and f[0](x)',
    '- [x] done\n- [ ] open',
    'a citation [1] and [2, 3]',
    '[#123](https://git.example/pull/123)',
    '[Next.js](https://nextjs.example)',
    '[ask us](mailto:help@northwind.example)',
    '[help@northwind.example](mailto:help@northwind.example)',
    '<https://docs.example/a>',
    '```\n[bank.com](https://evil.example)\n```',
    '| [bank.com](https://bank.com/a) | x |\n|---|---|\n| a | b |',
    '> [the runbook](https://docs.example/a_(b))',
  ])('%s is left alone', (text) => expect(toHarmlessMarkdown(text)).toBe(text));

  test.each([
    '[bank&#46;com](https://evil.example/x)',
    '[bank&period;com](https://evil.example/x)',
    '[bank．com](https://evil.example/x)',
    '[bank\\.com](https://evil.example/x)',
    '[`bank.com`](https://evil.example/x)',
    '[**bank**.com](https://evil.example/x)',
    '![bank.com](https://evil.example/x)',
    '[![bank.com](https://evil.example/i.png)](https://evil.example/x)',
    '[10.0.0.1](https://evil.example/x)',
    '[help@bank.com](https://evil.example/x)',
    '[bank.com](//evil.example/x)',
    '[bank.com](evil.example/x)',
    '[bank.com](mailto:a@evil.example)',
    '[https:bank.com/login](https://evil.example/x)',
    '[https:/bank.com/login](https://evil.example/x)',
    '[https:\\\\bank.com](https://evil.example/x)',
    '<https://evil.example/x|https:bank.com>',
    '[bank[.]com](https://evil.example/x)',
    '[bank\\[.\\]com](https://evil.example/x)',
    '[bank (dot) com](https://evil.example/x)',
    '[bank,com](https://evil.example/x)',
    '[bank.app: log in](https://evil.example/x)',
    '[bank.com]\n\n[bank.com]: https://evil.example/x',
    '[bank.com][]\n\n[bank.com]: <https://evil.example/x> "Bank"',
    '> [bank.com](https://evil.example/x)',
    '- a\n  - [bank.com](https://evil.example/x)',
    '| a | b |\n|---|---|\n| [bank.com](https://evil.example/x) | c |',
    '# [bank.com](https://evil.example/x)',
    '<div>\n[bank.com](https://evil.example/x)\n</div>',
    '    [bank.com](https://evil.example/x)',
    '\u200b[​](https://evil.example/x)',
  ])('%s shows where it leads, too', (lie) => {
    const shown = toHarmlessMarkdown(lie);
    expect(told(shown), shown).toBe(true);
    expect(shown).toContain('evil.example');
  });

  test.each([
    ['[ask us](mailto:ann@northwind.example?bcc=x@evil.example)', '[ask us](mailto:ann@northwind.example)'],
    ['<mailto:ann@northwind.example?subject=Hi&amp;%62cc=x@evil.example|ask us>', '<mailto:ann@northwind.example?subject=Hi|ask us>'],
    ['[ask us](mailto:ann@northwind.example?subject=Hi)', '[ask us](mailto:ann@northwind.example?subject=Hi)'],
  ])('%s reaches the one mailbox', (link, shown) => expect(toHarmlessMarkdown(link)).toBe(shown));

  test.each(['[10,000 items, Ann, Bob](https://docs.example/a)', '[Note: https works](https://docs.example/a)'])(
    '%s names no address',
    (link) => expect(toHarmlessMarkdown(link)).toBe(link),
  );

  test.each(['javascript:alert(1)', 'slack://channel?id=C1', 'file:///etc/passwd', 'data:text/html,x', 'vscode://x', 'JaVaScRiPt:x'])(
    'of %s is text',
    (href) => {
      for (const link of [`[open](${href})`, `<${href}>`, `<${href}|open>`, `[open][1]\n\n[1]: ${href}`])
        expect(linksIn(toHarmlessMarkdown(link)).filter(({ words }) => words === 'open' || words === href)).toEqual([]);
    },
  );

  const stretches = [
    '`a ',
    '` ',
    '[x',
    '](',
    ') ',
    '\n\n',
    '> ',
    '* ',
    '**',
    '\\',
    '<',
    '>',
    '[1]: https://evil.example/a\n',
    'word ',
    '"',
  ];
  test('none lies, whatever stands around it and however the text is split', { timeout: 60_000 }, async () => {
    const text = fc
      .array(fc.constantFrom(...lies, ...stretches, ...honest), { minLength: 1, maxLength: 8 })
      .map((parts) => `x ${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), async (whole, lengths) => {
        await using started = await startWriter();
        await writeSplit(started.writer, whole, lengths);
        await started.writer.finish({ outcome: 'answered', words: '', blocks: [] });
        for (const piece of started.pieces())
          for (const { words, host } of linksIn(piece)) if (/^evil/.test(host)) expect(words, piece).toContain(host);
      }),
      { numRuns: 60, examples: [['x \\<https://evil.example/x|go to https://bank.com>', [1]]] },
    );
  });

  test('too long to be held back is none', async () => {
    await using started = await startWriter();
    for (const part of ['Go to [bank.com](https://evil.example/', 'a'.repeat(1_500), ' b', ') now.', ' More.']) {
      started.writer.write(part);
      await new Promise(setImmediate);
    }
    await started.writer.finish({ outcome: 'answered', words: '', blocks: [] });
    expect(linksIn(started.pieces().join('')).filter(({ words }) => words.includes('bank.com'))).toEqual([]);
  });
});
