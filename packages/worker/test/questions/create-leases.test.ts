import type { Lease, Leases } from '@vera/ledger/ledger';
import { createLog } from '@vera/service-kit/log';
import { expect, it } from 'vitest';
import { notingEnds } from '../../src/questions/create-leases.ts';

const question = { id: 'q-1', teamId: 'T', channelId: 'C', threadTs: '1.0', messageTs: '1.0', userId: 'U' };

async function leased(isHeld: boolean, note: () => Promise<void> = async () => {}) {
  const noted: unknown[] = [];
  const lines: string[] = [];
  const lease = { record: { question }, close: async () => isHeld } as unknown as Lease;
  const leases = { lease: async () => ({ kind: 'leased', lease }) } as unknown as Leases;
  const log = createLog({ service: 'worker', write: (line) => void lines.push(line) });
  const noting = notingEnds(leases, {
    log,
    note(part) {
      noted.push(part);
      return note();
    },
  });
  const answer = await noting.lease(question, 'me');
  if (answer.kind !== 'leased') throw new Error(answer.kind);
  return { lease: answer.lease, noted, lines };
}

it('notes whose thread it was once a question is closed', async () => {
  const { lease, noted } = await leased(true);
  expect(noted).toEqual([]);
  expect(await lease.close('answered')).toBe(true);
  expect(noted).toEqual([question]);
});

it('notes nothing of a question that another worker has by now', async () => {
  const { lease, noted } = await leased(false);
  expect(await lease.close('answered')).toBe(false);
  expect(noted).toEqual([]);
});

it('closes it although the note fails, and tells the log', async () => {
  const { lease, lines } = await leased(true, () => Promise.reject(new Error('throttled')));
  expect(await lease.close('answered')).toBe(true);
  expect(lines.join()).toContain('session.end-not-noted');
});
