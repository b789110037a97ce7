import type { SlackFault } from '../contract.ts';
import { isDocumentedError, methodSpecOf } from './method-spec.ts';

/** Injected faults, by method; first injected, first used. */
export class Faults {
  private waiting: { readonly fault: SlackFault; after: number; times: number }[] = [];

  /** Throws for what Slack would never do, so that nothing is proven against it. */
  inject(fault: SlackFault): void {
    if (!methodSpecOf(fault.method)) throw new Error(`${fault.method} is no method of the emulator`);
    if (fault.kind === 'error' && !isDocumentedError(fault.method, fault.error)) {
      throw new Error(`${fault.method} never answers ${fault.error}`);
    }
    this.waiting.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 });
  }

  take(method: string): SlackFault | undefined {
    const entry = this.waiting.find(({ fault }) => fault.method === method);
    if (!entry) return undefined;
    if (entry.after > 0) {
      entry.after -= 1;
      return undefined;
    }
    entry.times -= 1;
    if (entry.times <= 0) this.waiting = this.waiting.filter((other) => other !== entry);
    return entry.fault;
  }

  clear(): void {
    this.waiting = [];
  }
}
