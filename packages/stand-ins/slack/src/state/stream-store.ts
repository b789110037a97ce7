import type { Clock } from './clock.ts';
import { millisecondsOf } from './timestamp.ts';

/** Slack ends a stream about five minutes after its start, however busy it is. */
const streamLasts = 300_000;

/** How a stream is given its content, from the first of it on. */
export type StreamMode = 'markdown_text' | 'chunks';

interface Live {
  readonly callOff: () => void;
  readonly end: () => void;
}

/** Which messages are being streamed, and which a person has stopped. */
export class StreamStore {
  private readonly live = new Map<string, Live>();
  private readonly stopped = new Set<string>();
  private readonly modes = new Map<string, StreamMode>();
  private readonly clock: Clock;
  private readonly expire: (channel: string, ts: string) => void;

  constructor(clock: Clock, expire: (channel: string, ts: string) => void) {
    this.clock = clock;
    this.expire = expire;
  }

  /** The stream's life counts from its message's `ts`, also after a restart. */
  open(channel: string, ts: string): void {
    const key = `${channel}:${ts}`;
    const end = () => {
      this.live.delete(key);
      this.expire(channel, ts);
    };
    this.live.set(key, { callOff: this.clock.at(millisecondsOf(ts) + streamLasts, end), end });
  }

  isLive(channel: string, ts: string): boolean {
    return this.live.has(`${channel}:${ts}`);
  }

  /** The mode of a stream, which its first content settles. */
  modeOf(channel: string, ts: string, mode: StreamMode): StreamMode {
    const key = `${channel}:${ts}`;
    const settled = this.modes.get(key) ?? mode;
    this.modes.set(key, settled);
    return settled;
  }

  close(channel: string, ts: string): void {
    const key = `${channel}:${ts}`;
    this.live.get(key)?.callOff();
    this.live.delete(key);
  }

  /** Their time is over, however old they are. */
  expireAll(): void {
    for (const { callOff, end } of this.live.values()) {
      callOff();
      end();
    }
  }

  stopByUser(channel: string, ts: string): void {
    this.close(channel, ts);
    this.stopped.add(`${channel}:${ts}`);
  }

  wasStoppedByUser(channel: string, ts: string): boolean {
    return this.stopped.has(`${channel}:${ts}`);
  }

  allStopped(): readonly string[] {
    return [...this.stopped];
  }

  load(stopped: readonly string[]): void {
    for (const key of stopped) this.stopped.add(key);
  }

  clear(): void {
    for (const { callOff } of this.live.values()) callOff();
    this.live.clear();
    this.stopped.clear();
    this.modes.clear();
  }
}
