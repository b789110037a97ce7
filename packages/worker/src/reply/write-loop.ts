import type { Clock } from '@vera/service-kit/clock';

export interface WriteLoopParams extends Pick<Clock, 'now' | 'pause'> {
  /** Shows something more. */
  readonly step: () => Promise<void>;
  /** Whether there is something to show. */
  readonly hasWork: () => boolean;
}

/**
 * When an answer is written on: while there is something to show, one step after the other and never two at once, none before the pause
 * that Slack asks for is over, none after a failure, none once it is halted.
 */
export class WriteLoop {
  private running: Promise<void> | undefined;
  private failure: unknown;
  private notBefore = 0;
  private readonly halting = new AbortController();
  private readonly params: WriteLoopParams;

  constructor(params: WriteLoopParams) {
    this.params = params;
  }

  /** To be called whenever there may be something to show. */
  wake(): void {
    if (this.running || this.failure !== undefined || this.halting.signal.aborted || !this.params.hasWork()) return;
    this.running = this.run()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.running = undefined;
        // Something may have come between its last look and now.
        this.wake();
      });
  }

  /** The next step begins no sooner than in so many milliseconds. */
  pause(milliseconds: number): void {
    this.notBefore = this.params.now() + milliseconds;
  }

  /** No further step begins. */
  halt(): void {
    this.halting.abort();
  }

  /** Halts, and settles with the step under way; rejects with what any step failed with. */
  async halted(): Promise<void> {
    this.halt();
    await this.running;
    if (this.failure !== undefined) throw this.failure;
  }

  private async run(): Promise<void> {
    const { step, hasWork, now, pause } = this.params;
    const { signal } = this.halting;
    while (hasWork()) {
      const wait = this.notBefore - now();
      if (wait > 0) await pause(wait, signal);
      if (signal.aborted || !hasWork()) return;
      await step();
    }
  }
}
