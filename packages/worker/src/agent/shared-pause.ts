import { setTimeout as sleep } from 'node:timers/promises';
import { kernelRandom } from '@vera/service-kit/kernel-random';

interface SharedPauseParams {
  /** The first pause; each further one is twice as long. */
  readonly baseMilliseconds: number;
  /** Milliseconds that only go on. */
  readonly now?: () => number;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** In milliseconds. The longest pause of our own; how far apart calls begin after one; the longest that a service may tell us to wait. */
const [longest, apart, longestTold] = [8_000, 150, 60_000];

/**
 * A model that refuses one call for too many requests would refuse those beside it: all wait for the same time, then go one after the other.
 * Bedrock's quotas are an account's; what another process does is not known here, hence the chance in it.
 */
export class SharedPause {
  private began = Number.NEGATIVE_INFINITY;
  private until = Number.NEGATIVE_INFINITY;
  private lastTurn = Number.NEGATIVE_INFINITY;
  private lastWoken = Number.NEGATIVE_INFINITY;
  private refusals = 0;
  private readonly params: Required<SharedPauseParams>;

  constructor(params: SharedPauseParams) {
    this.params = { now: () => performance.now(), random: kernelChance, ...params };
  }

  /** Resolves with the time once a call may begin. Rejects once `signal` aborts. */
  async turn(signal: AbortSignal | undefined): Promise<number> {
    const { now } = this.params;
    let mine = this.nextTurn();
    while (now() < mine) {
      await sleep(Math.ceil(mine - now()), undefined, signal ? { signal } : {});
      // Another one was refused meanwhile.
      if (now() < this.until) mine = this.nextTurn();
      // A busy process woke the one before too late.
      else mine = Math.max(mine, this.lastWoken + apart);
      if (now() >= mine) this.lastWoken = now();
    }
    signal?.throwIfAborted();
    return now();
  }

  /** A call that began at `began` was refused; `told`: how long the service says to wait. */
  refused(began: number, told: number | undefined): void {
    const { now, random, baseMilliseconds } = this.params;
    // Those that were under way together were refused together.
    if (began >= this.began && now() >= this.until) {
      this.refusals += 1;
      this.began = now();
    }
    const own = Math.min(longest, baseMilliseconds * 2 ** (this.refusals - 1));
    const pause = told === undefined ? own * (1 + random() / 4) : Math.min(told, longestTold) + random() * apart;
    this.until = Math.max(this.until, now() + pause);
  }

  /** One was taken. */
  taken(): void {
    if (this.params.now() >= this.until) this.refusals = 0;
  }

  private nextTurn(): number {
    const now = this.params.now();
    if (now >= this.until && now >= this.lastTurn) return now;
    this.lastTurn = Math.max(this.until, this.lastTurn + apart);
    return this.lastTurn;
  }
}

/** Sessions of one snapshot would draw the same numbers, and call again at the same moment. */
function kernelChance(): number {
  return kernelRandom(4).readUInt32BE() / 2 ** 32;
}
