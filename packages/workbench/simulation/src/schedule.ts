import { setImmediate as nextRound } from 'node:timers/promises';
import type { Random } from '@vera/stand-in-kit/random';

interface Event {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/** Kept from before the world is sealed: it lets everything that was resolved go on until it waits again. */
const settled = nextRound;

/** What happens when, in a time of its own that only passes when everybody waits. */
export class Schedule {
  /** True milliseconds since the run began: no process of the simulation sees them. */
  now = 0;
  readonly random: Random;
  private readonly queue: Event[] = [];
  private count = 0;

  constructor(random: Random) {
    this.random = random;
  }

  in(milliseconds: number, happen: () => void): void {
    this.count += 1;
    const event = { at: this.now + Math.max(0, milliseconds), order: this.count, happen };
    let index = this.queue.length;
    this.queue.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, this.queue[parent] as Event)) break;
      this.queue[index] = this.queue[parent] as Event;
      index = parent;
    }
    this.queue[index] = event;
  }

  /** Until nothing is left to happen, or so many milliseconds have passed; true when nothing is left. */
  async run(longest: number, mostEvents: number): Promise<boolean> {
    await settled();
    for (let events = 0; events < mostEvents; events += 1) {
      const next = this.take();
      if (!next) return true;
      if (next.at > longest) return false;
      this.now = next.at;
      next.happen();
      await settled();
    }
    return false;
  }

  private take(): Event | undefined {
    const [first] = this.queue;
    const last = this.queue.pop();
    if (!first || !last || this.queue.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.queue.length) break;
      const other = this.queue[child + 1];
      if (other && isBefore(other, this.queue[child] as Event)) child += 1;
      if (!isBefore(this.queue[child] as Event, last)) break;
      this.queue[index] = this.queue[child] as Event;
      index = child;
    }
    this.queue[index] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
