import type { Act, AuditContent, NoteAct } from '@vera/audit/act';
import { changeAct } from '@vera/audit/change-act';
import { isOutdated } from '@vera/ledger/judge-decision';
import type { Lease, NewChange } from '@vera/ledger/ledger';
import type { Change } from '@vera/protocol/change';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import type { ToolOutput } from '../tools/tool.ts';

/** The question is no longer this worker's, or somebody decided while it was writing: whoever takes it up next sees what is. */
export class ChangeMovedError extends Error {
  readonly code = 'change-moved';
}

/** Where it is written down who did what with whose rights, and how much is told there. */
export interface Audit {
  readonly note: NoteAct;
  readonly content: AuditContent;
}

/** What was proposed for one question, as this worker knows it: written to the ledger first, always, and to the audit log behind that. */
export class ChangeBook {
  private readonly changes: Map<string, Change>;
  private readonly lease: Lease;
  private readonly audit: Audit;

  constructor(lease: Lease, audit: Audit) {
    this.lease = lease;
    this.audit = audit;
    this.changes = new Map(Object.entries(lease.record.changes));
  }

  /** Oldest first. */
  get all(): readonly Change[] {
    return [...this.changes.values()].sort((a, b) => a.proposedAt - b.proposedAt);
  }

  /** Whether the question has other words than those it was proposed for. */
  isOutdated(change: Change): boolean {
    return isOutdated(change, this.lease.record);
  }

  /** Rejects with `ChangeMovedError` when it was not this worker's to write. */
  async write(change: NewChange): Promise<Change> {
    const written = await this.lease.noteChange(change);
    if (!written) throw new ChangeMovedError(`The change ${change.id} moved on`);
    const before = this.changes.get(written.id)?.state;
    this.changes.set(written.id, written);
    const outcome = outcomes[written.state];
    if (outcome && written.state !== before) await this.note(written, outcome);
    return written;
  }

  /** Whether it is in the audit log that it begins. Without that nothing is changed. */
  async noteBegun(change: Change): Promise<boolean> {
    return this.note(change, 'begun');
  }

  private note(change: Change, outcome: Act['outcome']): Promise<boolean> {
    const { note, content } = this.audit;
    return note(changeAct(outcome, change, this.lease.record.question, content));
  }
}

/** What is written down once it is on record; of a decision whoever takes it does that, of a beginning it is done before. */
const outcomes: Readonly<Partial<Record<Change['state'], Act['outcome']>>> = {
  proposed: 'proposed',
  expired: 'expired',
  done: 'done',
  failed: 'failed',
  unknown: 'unknown',
};

/** It came to nothing, and what is asked now may want the same: that takes a card, and a yes, of its own. */
export function isSetAside({ isWithdrawn = false, isOfEarlierTry = false }: Change): boolean {
  return isWithdrawn || isOfEarlierTry;
}

/** What became of a change, for the model. */
export function outcomeOf(change: Change): ToolOutput {
  if (change.isOfEarlierTry) return { text: earlierWords, isError: true };
  switch (change.state) {
    case 'done':
      return { text: `Approved and done. ${resultOf(change)}${linkOf(change)}`, isError: false };
    case 'denied':
      return {
        text: `Denied: nothing was changed.${reasonOf(change)} Do not propose it again unless the person asks for it.`,
        isError: true,
      };
    case 'expired':
      if (change.isWithdrawn) return { text: withdrawnWords, isError: true };
      return { text: 'Nobody approved this in time: nothing was changed. Do not propose it again by yourself.', isError: true };
    case 'failed':
      return { text: `Approved, but it failed and nothing was changed. ${resultOf(change)}`.trim(), isError: true };
    case 'proposed':
    case 'approved':
    case 'started':
    case 'unknown':
      return {
        text: `Approved and begun, but it is not known how it ended. ${resultOf(change)} Do not propose it again: say so, and that the person should look in ${change.system} first.`,
        isError: true,
      };
  }
}

const withdrawnWords =
  'Withdrawn, as the person edited the question before anybody decided: nothing was changed. Go by what the question says now; what it still asks for, propose anew.';

const earlierWords =
  'That came to nothing before the person asked to try the question again: nothing was changed. What the question still asks for, propose anew.';

/** The tool's words may hold what people or systems wrote. */
function resultOf({ result, system }: Change): string {
  return result === undefined ? '' : markAsData(result.text, system);
}

function linkOf({ result }: Change): string {
  return result?.link ? ` Link for the answer: [${plainName(result.link.title)}](${result.link.url})` : '';
}

function reasonOf({ reason }: Change): string {
  return reason === undefined ? '' : ` The reason given: ${markAsData(reason, 'the person who denied it')}`;
}
