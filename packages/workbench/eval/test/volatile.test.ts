import { describe, expect, test } from 'vitest';
import { withoutVolatile } from '../src/recording/volatile.ts';

describe('M37 what differs from run to run is taken out of a text', () => {
  test.each([
    ['since 2026-11-30T07:00:01.123Z', 'since {{time}}'],
    ['since 2026-11-30 07:00+09:30, at 07:15:00 GMT+1', 'since {{time}}, at {{time}}'],
    ['Monday, 30 November 2026 at 08:00:00 UTC', '{{time}} at {{time}}'],
    ['due 23 Nov', 'due {{time}}'],
    ['issue 6f9619ff-8b86-d011-b42d-00c04fc964ff', 'issue {{id}}'],
    ['ts 1796022520.044000 and 1796022520 and 1796022520044', 'ts {{id}} and {{id}} and {{id}}'],
    ['http://127.0.0.1:41234/wiki/1', '{{address}}/wiki/1'],
    ['nextPageToken=CAEaDk1heWFMaW5kcXZpc3Q5', 'nextPageToken={{opaque}}'],
    ['"nextPageToken":"CAEaDk1heWFMaW5kcXZpc3Q5"', '"nextPageToken":"{{opaque}}"'],
    ['key 0123456789abcdef0123456789abcdef', 'key {{opaque}}'],
  ])('%s', (text, kept) => {
    expect(withoutVolatile(text)).toBe(kept);
  });

  test.each([
    'PAY-1432',
    'search_knowledge_base',
    'gateway_pagerduty___listEscalationPolicies',
    'a sentence of words',
    '3.14',
    '12,480 EUR',
    'SettlementLagHigh',
  ])('%s stays', (text) => {
    expect(withoutVolatile(text)).toBe(text);
  });
});
