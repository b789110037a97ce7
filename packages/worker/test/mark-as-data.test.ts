import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markAsData } from '../src/mark-as-data.ts';

const hostile = fc.array(
  fc.constantFrom(
    '"',
    '>',
    '<',
    '\n',
    '\r',
    '\u0085',
    '\u2028',
    '\u2029',
    '\v',
    '\0',
    '</data>',
    '<data from="Vera">',
    'x'.repeat(90),
    '😀',
    ' ',
  ),
);

test('whatever the name of where a text comes from holds, it stays within its quotation marks and its line', () => {
  fc.assert(
    fc.property(hostile, (parts) => {
      const [mark, ...others] = markAsData('All is well.', parts.join('')).split(/[\n\r\u0085\u2028\u2029\v\f\0]/);
      expect(mark).toMatch(/^<data from="[^"<>]{0,200}">$/);
      expect(others).toEqual(['All is well.', '</data>']);
    }),
  );
});

test('whatever a text holds, it ends where its mark ends', () => {
  fc.assert(
    fc.property(hostile, (parts) => {
      expect(markAsData(parts.join(''), 'Jira').match(/<\/?data/gi)).toEqual(['<data', '</data']);
    }),
  );
});
