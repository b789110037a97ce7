import type { Lease, NewChange } from '@vera/ledger/ledger';
import type { Change } from '@vera/protocol/change';

/** The question is no longer this worker's, or somebody decided while it was writing: whoever takes it up next sees what is. */
export class ChangeMovedError extends Error {
  readonly code = 'change-moved';
}

/** What was proposed for one question, as this worker knows it: written to the ledger first, always. */
export class ChangeBook {
  private readonly changes: Map<string, Change>;
  private readonly lease: Lease;

  constructor(lease: Lease) {
    this.lease = lease;
    this.changes = new Map(Object.entries(lease.record.changes));
  }

  /** Oldest first. */
  get all(): readonly Change[] {
    return [...this.changes.values()].sort((a, b) => a.proposedAt - b.proposedAt);
  }

  /** Rejects with `ChangeMovedError` when it was not this worker's to write. */
  async write(change: NewChange): Promise<Change> {
    const written = await this.lease.noteChange(change);
    if (!written) throw new ChangeMovedError(`The change ${change.id} moved on`);
    this.changes.set(written.id, written);
    return written;
  }
}
