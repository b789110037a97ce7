import type { SlackMessage } from '../contract.ts';
import type { Changes } from './changes.ts';

/** What only one person sees, by that person. */
export class EphemeralStore {
  private readonly people = new Map<string, readonly SlackMessage[]>();
  private readonly changes: Changes;

  constructor(changes: Changes) {
    this.changes = changes;
  }

  /** Oldest first. */
  of(user: string): readonly SlackMessage[] {
    return this.people.get(user) ?? [];
  }

  get(user: string, ts: string): SlackMessage | undefined {
    return this.of(user).find((message) => message.ts === ts);
  }

  /** Adds or replaces. */
  show(user: string, message: SlackMessage): void {
    const known = this.of(user);
    const isKnown = this.get(user, message.ts) !== undefined;
    this.people.set(user, isKnown ? known.map((other) => (other.ts === message.ts ? message : other)) : [...known, message]);
    this.changes.tell({ kind: 'ephemeral', user, message });
  }

  remove(user: string, { channel, ts }: SlackMessage): void {
    this.people.set(
      user,
      this.of(user).filter((message) => message.ts !== ts),
    );
    this.changes.tell({ kind: 'removed', channel, ts });
  }

  clear(): void {
    this.people.clear();
  }
}
