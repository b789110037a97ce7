import { setTimeout as sleep } from 'node:timers/promises';
import type { LabFault } from '@vera/page/lab';
import type { Fault } from './lab-faults.ts';

export interface SwitchParts {
  /** Called after each change of its state. */
  readonly onChange: () => void;
  /** Called when it has struck, and when a fault that lasts is over. */
  readonly onStrike: (fault: Fault) => void;
  readonly onMend: (fault: Fault) => void;
}

/** What is over at once is shown as long, in seconds: whoever pressed sees that it was done. */
const shown = 2;
/** How often is looked whether there is something to strike, in milliseconds. */
const lookEvery = 100;

/** One fault, struck and ended by a person, or by itself. */
export class FaultSwitch {
  readonly fault: Fault;
  state: LabFault['state'] = 'off';
  readonly #parts: SwitchParts;
  #stop = new AbortController();

  constructor(fault: Fault, parts: SwitchParts) {
    this.fault = fault;
    this.#parts = parts;
  }

  toggle(): void {
    if (this.state === 'off') this.strike();
    else this.end();
  }

  /** What can strike at once has struck when this returns. `seconds`: for how long, where it lasts. */
  strike(seconds = this.fault.seconds): void {
    if (this.state !== 'off') return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal, seconds).catch((error: unknown) => process.emitWarning(String(error)));
  }

  end(): void {
    this.#stop.abort();
  }

  async #run(stop: AbortSignal, seconds: number | undefined): Promise<void> {
    const { fault } = this;
    this.#change('armed');
    try {
      let mend = await fault.strike();
      while (!mend) {
        await sleep(lookEvery, undefined, { signal: stop, ref: false });
        mend = await fault.strike();
      }
      this.#change(seconds === undefined ? 'done' : 'on');
      this.#parts.onStrike(fault);
      await waited((seconds ?? shown) * 1_000, stop);
      mend();
      if (seconds !== undefined) this.#parts.onMend(fault);
    } catch (error) {
      if (!stop.aborted) throw error;
    } finally {
      this.#change('off');
    }
  }

  #change(state: LabFault['state']): void {
    this.state = state;
    this.#parts.onChange();
  }
}

/** Until the time is over, or it is ended before. */
function waited(milliseconds: number, signal: AbortSignal): Promise<unknown> {
  return sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
