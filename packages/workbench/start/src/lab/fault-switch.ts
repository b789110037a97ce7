import { setTimeout as sleep } from 'node:timers/promises';
import type { LabFault } from '@vera/page/lab';
import type { Fault } from './lab-faults.ts';

export interface SwitchParts {
  /** Called after each change of its state. */
  readonly onChange: () => void;
  /** Called when it has struck, and when a fault that lasts is over; `what` it was, for how long. */
  readonly onStrike: (what: string) => void;
  readonly onMend: (what: string) => void;
}

/** What is over at once is shown as long, in seconds: whoever pressed sees that it was done. */
const shown = 2;
/** How often is looked whether there is something to strike, in milliseconds. */
const lookEvery = 100;

/** One fault, struck and ended by a person, or by itself. */
export class FaultSwitch {
  readonly fault: Fault;
  state: LabFault['state'] = 'off';
  words = '';
  /** How long it lasts this time, in seconds. */
  #seconds: number | undefined;
  readonly #parts: SwitchParts;
  #stop = new AbortController();

  constructor(fault: Fault, parts: SwitchParts) {
    this.fault = fault;
    this.#parts = parts;
  }

  toggle(): void {
    if (this.state === 'off' || this.state === 'failed') this.strike();
    else this.end();
  }

  /** What it does, and for how long. */
  get what(): string {
    const { part, label } = this.fault;
    return `${part}: ${lasting(label, this.#seconds)}`;
  }

  /** What can strike at once has struck when this returns. `seconds`: for how long, where it lasts. */
  strike(seconds = this.fault.seconds): void {
    if (this.state !== 'off' && this.state !== 'failed') return;
    this.#stop = new AbortController();
    this.#seconds = seconds;
    // Whoever pressed reads it where they pressed.
    const fail = (error: unknown) => this.#change('failed', `It failed: ${error instanceof Error ? error.message : String(error)}`);
    this.#run(this.#stop.signal, seconds).catch(fail);
  }

  end(): void {
    this.#stop.abort();
  }

  async #run(stop: AbortSignal, seconds: number | undefined): Promise<void> {
    const { fault } = this;
    this.#change('armed', `Waits for ${fault.waitsFor ?? 'its turn'}; press to call it off`);
    try {
      let mend = await fault.strike();
      while (!mend) {
        await sleep(lookEvery, undefined, { signal: stop, ref: false });
        mend = await fault.strike();
      }
      if (seconds === undefined) this.#change('done', 'Done');
      else this.#change('on', `${lasting('Broken', seconds)}; press to mend it now`);
      this.#parts.onStrike(this.what);
      await waited((seconds ?? shown) * 1_000, stop);
      mend();
      if (seconds !== undefined) this.#parts.onMend(this.what);
      this.#change('off');
    } catch (error) {
      if (!stop.aborted) throw error;
      fault.callOff?.();
      this.#change('off');
    }
  }

  #change(state: LabFault['state'], words = ''): void {
    this.state = state;
    this.words = words;
    this.#parts.onChange();
  }
}

export function lasting(label: string, seconds: number | undefined): string {
  return seconds === undefined ? label : `${label} for ${seconds} seconds`;
}

/** Until the time is over, or it is ended before. */
function waited(milliseconds: number, signal: AbortSignal): Promise<unknown> {
  return sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
