import { describe, expect, it } from 'vitest';
import { readDocument } from '../src/knowledge/read-document.ts';

const sentence = 'A sentence of some length that fills the page. ';

describe('a document', () => {
  it('is divided at its headings, whose path is kept', () => {
    const { passages } = readDocument('a.md', '# Guide\n\nIntro.\n\n## Setup\n\nOne.\n\n### Linux\n\nTwo.\n\n## Use\n\nThree.');
    expect(passages).toEqual([
      { heading: '', text: 'Intro.' },
      { heading: 'Setup', text: 'One.' },
      { heading: 'Setup › Linux', text: 'Two.' },
      { heading: 'Use', text: 'Three.' },
    ]);
  });

  it('takes its title from the front matter, the first heading or the file name', () => {
    expect(readDocument('a.md', '---\ntitle: "On call"\nowner: Ops\n---\n\n# Other\n\nx').title).toBe('On call');
    expect(readDocument('a.md', '# Other\n\nx').title).toBe('Other');
    expect(readDocument('notes/vpn-access.txt', 'x').title).toBe('Vpn access');
  });

  it('does not take a comment in code for a heading', () => {
    expect(readDocument('a.md', '## Run\n\n```sh\n# not a heading\nls\n```').passages).toEqual([
      { heading: 'Run', text: '```sh\n# not a heading\nls\n```' },
    ]);
  });

  it('has passages of at most 1,500 characters where sentences allow it', () => {
    const { passages } = readDocument('a.md', sentence.repeat(100));
    expect(passages.length).toBeGreaterThan(2);
    expect(passages.every(({ text }) => text.length <= 1_500 && text.endsWith('.'))).toBe(true);
  });

  it('keeps a long table whole', () => {
    const table = `| a | b |\n| --- | --- |\n${Array.from({ length: 60 }, (_, row) => `| row ${row} | some value |`).join('\n')}`;
    const { passages } = readDocument('a.md', `${sentence}\n\n${table}\n\n${sentence}`);
    expect(passages.some(({ text }) => text.includes(table))).toBe(true);
  });

  it('keeps a list together over its empty lines', () => {
    const list = '1. one thing to do\n\n2. two things to do\n\n   more of two\n\n3. three';
    expect(readDocument('a.md', `${sentence.repeat(31)}\n\n${list}`).passages.at(-1)?.text).toBe(list);
  });

  it('without text has no passages', () => {
    expect(readDocument('a.md', '# Only a title\n\n## And a heading\n').passages).toEqual([]);
  });
});
