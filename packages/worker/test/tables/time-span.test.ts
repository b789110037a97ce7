import { expect, test } from 'vitest';
import { timeSpan } from '../../src/tables/time-span.ts';

const spanOf = (text: string) => {
  const span = timeSpan(text);
  return span && [span.from, span.to].map((at) => new Date(at).toISOString().replace('T00:00:00.000Z', ''));
};

test.each([
  ['2026', '2026-01-01', '2027-01-01'],
  ['2026-12', '2026-12-01', '2027-01-01'],
  ['2024-02-29', '2024-02-29', '2024-03-01'],
  ['0099', '0099-01-01', '0100-01-01'],
  ['0000', '0000-01-01', '0001-01-01'],
  ['0026-12', '0026-12-01', '0027-01-01'],
  ['31.12.0099', '0099-12-31', '0100-01-01'],
  ['0096-02-29', '0096-02-29', '0096-03-01'],
  ['1999-12-31T23:59:59Z', '1999-12-31T23:59:59.000Z', '2000-01-01'],
])('%s is the time from %s until %s', (text, from, to) => {
  expect(spanOf(text)).toEqual([from, to]);
});

test.each(['2026-02-29', '0099-02-29', '0000-13', '31.11.0020', '2026-01-01T24:00', '99', '19'])('%s is none', (text) => {
  expect(timeSpan(text)).toBeUndefined();
});
