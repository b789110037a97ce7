import { createDynamoEndedThreads, type PartOfThread } from '@vera/ledger/dynamo-ended-threads';
import { createDynamoLeases, type DynamoLeasesParams } from '@vera/ledger/dynamo-leases';
import type { Leases } from '@vera/ledger/ledger';
import type { Log } from '@vera/service-kit/log';

/** The ledger's leases; what is closed under one is noted, so that its session can be stopped some minutes later. */
export function createLeases(params: DynamoLeasesParams, log: Log): Leases {
  return notingEnds(createDynamoLeases(params), { note: createDynamoEndedThreads(params).note, log });
}

export function notingEnds(leases: Leases, { note, log }: { note: (part: PartOfThread) => Promise<void>; log: Log }): Leases {
  return {
    ...leases,
    async lease(...asked) {
      const answer = await leases.lease(...asked);
      if (answer.kind !== 'leased') return answer;
      const { lease } = answer;
      const close: typeof lease.close = async (...how) => {
        const isClosed = await lease.close(...how);
        // Not noted, the session idles a little longer: the answer is none the worse for it.
        if (isClosed) await note(lease.record.question).catch((error: unknown) => log.warn('session.end-not-noted', { error }));
        return isClosed;
      };
      return { ...answer, lease: { ...lease, close } };
    },
  };
}
