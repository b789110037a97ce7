import { GatewayRefusal } from '../refusals.ts';

export interface SessionShelf {
  open(): string;
  /** Refuses a session that is unknown, ended or too old; a request without one is let through, as AgentCore does. */
  check(id: string | null): void;
  end(id: string | null): void;
  clear(): void;
}

/** Sessions of a gateway; each lasts `seconds` from its beginning. */
export function createSessionShelf(seconds: number, now: () => number): SessionShelf {
  const endOf = new Map<string, number>();
  return {
    open() {
      const id = crypto.randomUUID();
      endOf.set(id, now() + seconds * 1_000);
      return id;
    },
    check(id) {
      if (id !== null && (endOf.get(id) ?? 0) <= now()) throw new GatewayRefusal(404, -32001, 'Session not found');
    },
    end: (id) => void endOf.delete(id ?? ''),
    clear: () => endOf.clear(),
  };
}
