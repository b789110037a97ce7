interface Alarm {
  readonly due: number;
  readonly ring: () => void;
  timer?: NodeJS.Timeout;
}

const longestTimer = 2 ** 31 - 1;
/** A clock that stands still (in a test) must not spin. */
const shortestTimer = 20;

/** Time of the emulator: the time it was given plus what was added by `advance`. */
export class Clock {
  private readonly alarms = new Set<Alarm>();
  private readonly given: () => number;
  private ahead = 0;

  constructor(given: () => number) {
    this.given = given;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.given() + this.ahead;
  }

  /** The time `advance` does not move: what a signature carries, since its reader's clock did not move either. */
  outside(): number {
    return this.given();
  }

  /** Runs `ring` when its time has come, by waiting or by `advance`. Returns the function that calls it off. */
  at(due: number, ring: () => void): () => void {
    const alarm: Alarm = { due, ring };
    this.alarms.add(alarm);
    this.wait(alarm);
    return () => this.callOff(alarm);
  }

  /** Moves ahead, ringing what falls due on the way, each at its own time. */
  advance(milliseconds: number): void {
    const target = this.ahead + milliseconds;
    for (let next = this.earliest(); next && next.due <= this.given() + target; next = this.earliest()) {
      this.ahead = Math.max(this.ahead, next.due - this.given());
      this.ringNow(next);
    }
    this.ahead = Math.max(this.ahead, target);
  }

  clear(): void {
    for (const alarm of this.alarms) this.callOff(alarm);
  }

  private wait(alarm: Alarm): void {
    const delay = Math.min(Math.max(alarm.due - this.now(), shortestTimer), longestTimer);
    alarm.timer = setTimeout(() => (alarm.due <= this.now() ? this.ringNow(alarm) : this.wait(alarm)), delay);
    alarm.timer.unref();
  }

  private ringNow(alarm: Alarm): void {
    this.callOff(alarm);
    alarm.ring();
  }

  private callOff(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.alarms.delete(alarm);
  }

  private earliest(): Alarm | undefined {
    let found: Alarm | undefined;
    for (const alarm of this.alarms) if (!found || alarm.due < found.due) found = alarm;
    return found;
  }
}
