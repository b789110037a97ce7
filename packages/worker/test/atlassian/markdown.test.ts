import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfWords, toAdf } from '../../src/atlassian/text/adf.ts';
import { readMarkdown } from '../../src/atlassian/text/read-markdown.ts';
import { storageWords, toStorage } from '../../src/atlassian/text/storage-format.ts';
import { adfFault } from './adf-fault.ts';
import { xhtmlFault } from './xhtml-fault.ts';

const storageOf = async (markdown: string) => toStorage(await readMarkdown(markdown));
const adfOf = async (markdown: string) => toAdf(await readMarkdown(markdown));

const everything = `# Title

A **bold \`word\`**, *leaning*, ~~gone~~ and [a link](https://clinic.example/a?b=1&c=2).
Second line.

- one
  1. deep
  2. deeper
- [x] done

> said

| a | b |
|---|---|
| 1 | **2** |

\`\`\`sql
select a < b
\`\`\`

---`;

describe('Markdown', () => {
  it('B26-markdown-for-storage: what would break the format is text', async () => {
    const storage = await storageOf(readFileSync(new URL('cases/B26-markdown-for-storage.md', import.meta.url), 'utf8'));
    expect(xhtmlFault(storage)).toBeUndefined();
    expect(storage).toContain('<code>x || y</code>');
    expect(storage).toContain('<code>Map&lt;Id,List&lt;Opportunity&gt;&gt;</code>');
    expect(storage).toContain('<p>a\u00a0b</p>');
    expect(storage).toContain('<pre>]]&gt;</pre>');
    expect(storage).toContain('&lt;div markdown&gt;x&lt;/div&gt;');
  });

  it('becomes storage format', async () => {
    expect(await storageOf(everything)).toBe(
      '<h1>Title</h1>' +
        '<p>A <strong>bold </strong><strong><code>word</code></strong>, <em>leaning</em>, <del>gone</del> and ' +
        '<a href="https://clinic.example/a?b=1&amp;c=2">a link</a>.<br/>Second line.</p>' +
        '<ul><li><p>one</p><ol><li><p>deep</p></li><li><p>deeper</p></li></ol></li><li><p>☑ done</p></li></ul>' +
        '<blockquote><p>said</p></blockquote>' +
        '<table><tbody><tr><th><p>a</p></th><th><p>b</p></th></tr><tr><td><p>1</p></td><td><p><strong>2</strong></p></td></tr></tbody></table>' +
        '<pre>select a &lt; b</pre><hr/>',
    );
  });

  it('becomes a document, and reads much the same as before', async () => {
    const document = await adfOf(everything);
    expect(adfFault(document)).toBeUndefined();
    expect(document.content.map(({ type }) => type)).toEqual([
      ...['heading', 'paragraph', 'bulletList', 'blockquote', 'table', 'codeBlock', 'rule'],
    ]);
    expect(adfWords(document)).toContain('- one\n  1. deep\n  2. deeper\n- ☑ done');
    expect(storageWords(await storageOf(everything))).toContain('# Title\n\nA bold word, leaning');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '![x](data:text/html;base64,PHNjcmlwdD4=)',
    '<a href="javascript:alert(1)">x</a>',
    '<javascript:alert(1)>',
    '[x][1]\n\n[1]: vbscript:x',
    '<script>alert(1)</script>',
    '<ac:structured-macro ac:name="html"><ac:plain-text-body><![CDATA[<b>]]></ac:plain-text-body></ac:structured-macro>',
    '```\n]]><ac:structured-macro ac:name="x"/>\n```',
    '[x](https://e.example/"onmouseover="alert(1))',
    '[x](<mailto:a"onmouseover="alert(1)>)',
  ])('%s stays text, or harmless', async (markdown) => {
    const storage = await storageOf(markdown);
    expect(xhtmlFault(storage)).toBeUndefined();
    expect(adfFault(await adfOf(markdown))).toBeUndefined();
  });

  it('a quote, a heading, a table or a list at the wrong place is put right', async () => {
    for (const markdown of [
      '- # heading',
      '- > quote',
      '- - - deep',
      '1. ```\n   x\n   ```',
      '> # a\n> | a |\n> |---|\n> | b |',
      '- ',
      '-\n\n  ---',
    ]) {
      expect(adfFault(await adfOf(markdown)), markdown).toBeUndefined();
      expect(xhtmlFault(await storageOf(markdown)), markdown).toBeUndefined();
    }
  });

  it('is read in bounded time and depth', async () => {
    for (const markdown of ['> '.repeat(20_000), '- '.repeat(20_000), '*a '.repeat(10_000), '['.repeat(20_000), '`'.repeat(20_001)]) {
      const start = performance.now();
      const document = await adfOf(markdown);
      expect(adfFault(document)).toBeUndefined();
      expect(performance.now() - start, markdown.slice(0, 4)).toBeLessThan(10_000);
    }
  }, 60_000);
});

const snippets = fc.constantFrom(
  ...['# ', '- ', '1. ', '999999999. ', '> ', '```', '`', '**', '*', '_', '~~', '|', '\n|---|---|\n', '\n', '\n\n', '  ', '    ', '\\'],
  ...[
    '[a](',
    ')',
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '<!--',
    '-->',
    '<ac:macro>',
    '<script>',
    'javascript:',
    'https://a.example',
    '[ ] ',
    '---',
  ],
  ...['\u0000', '\u000b', '\ud800', '\ufffe', '\r', '&lt;', '&#0;', '![', '](', 'data:', '<a href="', '\t'],
);
const markdownText = fc.array(fc.oneof({ weight: 4, arbitrary: snippets }, fc.string({ unit: 'binary', maxLength: 12 })), {
  maxLength: 60,
});

describe('whatever the text', () => {
  it('a document is one that Atlassian’s schema takes, and links lead to http, https or mailto only', async () => {
    await fc.assert(
      fc.asyncProperty(markdownText, async (parts) => {
        expect(adfFault(await adfOf(parts.join('')))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('storage format is well-formed, with no element or attribute but ours', async () => {
    await fc.assert(
      fc.asyncProperty(markdownText, async (parts) => {
        expect(xhtmlFault(await storageOf(parts.join('')))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('plain words are all there', async () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom(' ', '\n', '\n\n', '\n- ', '\n> ', ' **', '\n\n# '), async (given, between) => {
        const read = storageWords(await storageOf(given.join(between)));
        for (const word of given) expect(read).toContain(word);
      }),
    );
  });
});
