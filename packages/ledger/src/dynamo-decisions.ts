import type { Change } from '@vera/protocol/change';
import type { DecisionAction } from '@vera/protocol/decision';
import { kernelId } from '@vera/service-kit/kernel-random';
import { type DynamoInboxParams, isWanted, recordOf, sendingBack, updateIf } from './dynamo-items.ts';
import { tellLate } from './dynamo-readers.ts';
import { isOutdated, judgeDecision, type Refusal } from './judge-decision.ts';
import { type DecisionAnswer, type Decisions, type QuestionRecord, sweeperName } from './ledger.ts';

/** More clicks at once than people have fingers. */
const mostTries = 5;

export function createDynamoDecisions(params: DynamoInboxParams): Decisions {
  return {
    async decide(action) {
      // A yes is for what all that it was proposed for says by now.
      const woken = action.verdict === 'approve' ? await tellLate(params, action) : undefined;
      for (let tries = 0; tries < mostTries; tries += 1) {
        const answer = await tryOnce(params, action);
        if (answer) return answer.kind === 'refused' && woken ? { ...answer, woken } : answer;
      }
      throw new DecisionContentionError(`The record of ${action.messageTs} changed ${mostTries} times in a row`);
    },
  };
}

class DecisionContentionError extends Error {
  readonly code = 'decision-contention';
}

/** Undefined when the record moved between reading and writing. */
async function tryOnce(params: DynamoInboxParams, action: DecisionAction): Promise<DecisionAnswer | undefined> {
  const record = await recordOf(params, action);
  // Not what every object has, such as a constructor.
  const change = record && Object.hasOwn(record.changes, action.change) ? record.changes[action.change] : undefined;
  const isOpen = ['received', 'running', 'waiting'].includes(record?.state ?? '') && record?.leaseOwner !== sweeperName;
  const refusal = judgeDecision(change, action, params.now()) ?? (isOpen ? overOf(record, change, action) : { kind: 'expired' });
  if (refusal || !record || !change) return { kind: 'refused', refusal: refusal ?? { kind: 'unknown' } };
  const decided = await write(params, { record, change, action });
  return decided && { kind: 'decided', question: record.question, change: decided };
}

/** After a stop, or a deletion, nothing is begun any more; a no changes nothing. What was proposed for other words nobody decides about: it is withdrawn. */
function overOf(record: QuestionRecord | undefined, change: Change | undefined, { verdict }: DecisionAction): Refusal | undefined {
  if (verdict === 'approve' && (record?.stopRequestedAt ?? record?.withdrawnAt) !== undefined) return { kind: 'stopped' };
  return record && change && isOutdated(change, record) ? { kind: 'edited' } : undefined;
}

interface Decided {
  readonly record: QuestionRecord;
  readonly change: Change;
  readonly action: DecisionAction;
}

/** Deciding and bringing the question back are one write: a click that is on record is never forgotten. */
async function write(params: DynamoInboxParams, { record, change, action }: Decided): Promise<Change | undefined> {
  const { userId: decidedBy, reason, verdict } = action;
  const state = verdict === 'approve' ? ('approved' as const) : ('denied' as const);
  const revision = kernelId();
  const decided = { ...change, state, decidedBy, revision, ...(reason ? { reason } : {}) };
  const isUnedited = record.wordsAt === undefined ? ' AND attribute_not_exists(wordsAt)' : ' AND wordsAt = :words';
  const isUnstopped = verdict === 'approve' ? ` AND ${isWanted}` : '';
  // A worker that is still ending its turn finds the decision when it is about to wait.
  const goOn = record.state === 'waiting' ? sendingBack(params) : undefined;
  const answer = await updateIf(params, record.question, {
    kind: 'decide',
    // Whose loss is being told, by the sweeper, is open no more.
    condition: `#state = :seen AND changes.#id.revision = :before AND (attribute_not_exists(leaseOwner) OR leaseOwner <> :sweeper)${isUnedited}${isUnstopped}`,
    update: `SET changes.#id = :decided${goOn ? `, ${goOn.set}` : ''}`,
    values: {
      ':seen': record.state,
      ':sweeper': sweeperName,
      ':before': change.revision,
      ':words': record.wordsAt,
      ':decided': decided,
      ...goOn?.values,
    },
    names: { '#id': change.id, ...goOn?.names },
    isDone: (item) => item.changes?.M?.[change.id]?.M?.revision?.S === revision,
  });
  return answer && decided;
}
