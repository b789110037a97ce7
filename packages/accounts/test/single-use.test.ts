import { describe, expect, it } from 'vitest';
import { connectLinkOf, readTicket } from '../src/portal-ticket.ts';
import { ann, bob, startedAccounts } from './started-accounts.ts';

describe('a link', () => {
  it('is used by one of many browsers that open it at the same time, and by none afterwards', async () => {
    await using accounts = await startedAccounts();
    const ticket = { person: ann, id: 'link-1', expiresAt: accounts.now() + 600_000 };
    expect(await accounts.links.isUsed(ticket)).toBe(false);
    const uses = await Promise.all(Array.from({ length: 20 }, (_, index) => accounts.links.use(ticket, `browser-${index}`)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await accounts.links.isUsed(ticket)).toBe(true);
    expect(await accounts.links.use(ticket, 'browser-99')).toBe(false);
    expect(await accounts.links.isUsed({ ...ticket, person: bob })).toBe(false);
    expect(await accounts.items()).toMatchObject([{ expiresAt: expect.any(Number) }]);
  });

  it('is remembered as used for a day longer than anybody can show it', async () => {
    await using accounts = await startedAccounts();
    const ticket = { person: ann, id: 'link-1', expiresAt: accounts.now() + 600_500 };
    await accounts.links.use(ticket, 'browser-1');
    expect(await accounts.items()).toMatchObject([{ expiresAt: accounts.now() / 1000 + 601 + 86_400 }]);
  });

  it('is not taken for used when the answer to its use got lost and the write is repeated', async () => {
    await using accounts = await startedAccounts();
    const ticket = { person: ann, id: 'link-1', expiresAt: accounts.now() + 600_000 };
    accounts.dynamoDb.inject({ kind: 'lost-response', operation: 'PutItem' });
    await expect(accounts.links.use(ticket, 'browser-1')).rejects.toThrow();
    expect(await accounts.links.use(ticket, 'browser-1')).toBe(true);
  });

  it('is made with a ticket for this person', () => {
    const key = 'a-key-of-thirty-two-characters-x';
    const now = 1_766_458_030_000;
    const link = connectLinkOf(ann, { key, portalUrl: 'https://abc.lambda-url.eu-central-1.on.aws/', id: 'link-1', now });
    const ticket = new URL(link).searchParams.get('ticket') ?? '';
    expect(readTicket(key, ticket, now)).toMatchObject({ kind: 'valid', ticket: { person: ann, id: 'link-1' } });
  });
});

describe('a flow', () => {
  const flow = { to: 'atlassian', browser: 'b1', secret: 'verifier' };

  it('is taken once, by the person it was begun for, within ten minutes', async () => {
    await using accounts = await startedAccounts();
    await accounts.flows.begin(ann, 'state-1', flow);
    expect(await accounts.flows.take(bob, 'state-1')).toBeUndefined();
    expect(await accounts.flows.take(ann, 'state-2')).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 10 }, () => accounts.flows.take(ann, 'state-1')));
    expect(taken.filter(Boolean)).toEqual([expect.objectContaining(flow)]);
    await accounts.flows.begin(ann, 'state-3', flow);
    accounts.pass(600_000);
    expect(await accounts.flows.take(ann, 'state-3')).toBeUndefined();
  });

  it('is kept for an hour longer than it can be taken', async () => {
    await using accounts = await startedAccounts();
    await accounts.flows.begin(ann, 'state-1', flow);
    expect(await accounts.items()).toMatchObject([{ expiresAt: accounts.now() / 1000 + 600 + 3_600 }]);
  });

  it('is kept without its state: who reads the table cannot come back with it', async () => {
    await using accounts = await startedAccounts();
    await accounts.flows.begin(ann, 'state-1', flow);
    expect(JSON.stringify(await accounts.items())).not.toContain('state-1');
  });
});
