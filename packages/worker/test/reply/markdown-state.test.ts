import { describe, expect, test } from 'vitest';
import { closingOf, openingOf, stateOf } from '../../src/reply/markdown-state.ts';

describe('what is open at the end of a text', () => {
  test.each([
    ['a paragraph', 'Hello\n', {}],
    ['an open fence', 'a\n```ts\nconst a = 1;\n', { fence: { marker: '```', info: 'ts', indent: '' } }],
    ['a fence closed by a longer one', '```\na\n`````\n', {}],
    ['a shorter fence inside', '````md\n```\n', { fence: { marker: '````', info: 'md', indent: '' } }],
    ['another kind of fence inside', '~~~\n```\n', { fence: { marker: '~~~', info: '', indent: '' } }],
    ['a fence with a language is no end', '```\n```ts\n', { fence: { marker: '```', info: '', indent: '' } }],
    ['a fence behind a list marker is no end', '```\n- ```\n', { fence: { marker: '```', info: '', indent: '' } }],
    ['inline code with three backticks', '```not a fence```\n', {}],
    [
      'a fence in a list in a list',
      '1. Do\n    - this:\n      ```bash\n      ls\n',
      { fence: { marker: '```', info: 'bash', indent: '      ' } },
    ],
    ['the same one, closed', '1. Do\n    - this:\n      ```bash\n      ls\n      ```\n', {}],
    ['a fence right behind a list marker', '- ```bash\n  ls\n', { fence: { marker: '```', info: 'bash', indent: '  ' } }],
    ['the same one, closed', '- ```bash\n  ls\n  ```\n', {}],
    ['a fence in a quote', '> ```\n> ls\n', { fence: { marker: '```', info: '', indent: '> ' } }],
    ['the same one, closed', '> ```\n> ls\n> ```\n', {}],
    ['a header without delimiter', '| a | b |\n', {}],
    ['a table', '| a | b |\n| :-- | --: |\n', { tableHeader: '| a | b |\n| :-- | --: |\n' }],
    ['its rows', '| a | b |\n|---|---|\n| 1 | 2 |\n', { tableHeader: '| a | b |\n|---|---|\n' }],
    ['text below a table', '| a | b |\n|---|---|\n| 1 | 2 |\ntext\n', {}],
    ['a table inside a code block', '```\n| a |\n| - |\n', { fence: { marker: '```', info: '', indent: '' } }],
  ])('%s', (_, text, state) => {
    expect(stateOf(text)).toEqual(state);
  });

  test('a last line without newline is not taken for a whole one', () => {
    expect(stateOf('```ts\na\n```')).toEqual({ fence: { marker: '```', info: 'ts', indent: '' } });
  });
});

describe('closing and opening again', () => {
  const fence = { marker: '~~~~', info: 'ts title="a"', indent: '  ' };

  test('a fence is closed on a line of its own and opened with all it said', () => {
    expect(closingOf('text', { fence })).toBe('\n  ~~~~');
    expect(closingOf('text\n', { fence })).toBe('  ~~~~');
    expect(openingOf({ fence }, 'anything')).toBe('  ~~~~ts title="a"\n');
  });

  test('a header goes above rows only, and only when it leaves them room', () => {
    const tableHeader = '| a |\n| - |\n';
    expect(openingOf({ tableHeader }, '| 1 |')).toBe(tableHeader);
    expect(openingOf({ tableHeader }, '\n| other |')).toBe('');
    expect(openingOf({ tableHeader }, 'text')).toBe('');
    expect(openingOf({ tableHeader: `| ${'a'.repeat(700)} |\n| - |\n` }, '| 1 |')).toBe('');
  });

  test('nothing open needs nothing', () => {
    expect(closingOf('text', {})).toBe('');
    expect(openingOf({}, '| 1 |')).toBe('');
  });
});

test('a fence of thousands of characters is text: closing and opening it again would leave a message no room', () => {
  for (const line of ['`'.repeat(4_000), '~'.repeat(5_000), `${' '.repeat(4_000)}~~~`]) expect(stateOf(`${line}\n`)).toEqual({});
  const { fence } = stateOf(`~~~ ${'language'.repeat(500)}\n`);
  expect(fence?.info.length).toBeLessThanOrEqual(40);
});
