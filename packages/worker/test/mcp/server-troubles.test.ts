import { expect, test } from 'vitest';
import { ServerTroubles } from '../../src/mcp/server-troubles.ts';

const gateway = { title: 'The gateway to Jira, Confluence and PagerDuty', code: 'timed-out' } as const;

test('a server without its key is missed only by who names it', () => {
  const troubles = new ServerTroubles([{ title: 'Atlan', code: 'key-missing' }]);
  expect(troubles.all).toEqual(['Atlan is switched on, but its key is not set up']);
  expect(['ask ATLAN!', 'see atlan.', '“atlan”', 'the Atlantic', 'catlan', ''].map((said) => troubles.wanted(said).length)).toEqual([
    1, 1, 1, 0, 0, 0,
  ]);
});

test('what stands before several systems is missed with each of them', () => {
  const troubles = new ServerTroubles([gateway]);
  expect(['is it in jira?', 'pagerduty, please', 'the gateway', 'what is a gate?'].map((said) => troubles.wanted(said).length)).toEqual([
    1, 1, 1, 0,
  ]);
});

test('a server whose tool was called is missed, whatever was said', () => {
  const troubles = new ServerTroubles([gateway]);
  troubles.add(gateway, true);
  troubles.add(gateway);
  expect(troubles.wanted('')).toHaveLength(1);
});
