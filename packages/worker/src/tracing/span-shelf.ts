import type { OpenSpan, Told } from './span.ts';

export interface SpanShelfParams {
  /** Sends some; rejects where they did not arrive. */
  readonly send: (spans: readonly Told[], signal: AbortSignal) => Promise<void>;
  readonly onLost: (lost: { readonly spans: number; readonly error?: unknown }) => void;
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Where nobody takes them, older ones go. */
const mostKept = 2_000;
/** X-Ray takes 10,000 spans, and five megabytes, at once: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html */
const mostAtOnce = 500;
/** For all that is there, in milliseconds. */
export const longestFlush = 2_000;
/** After the first span that waits, in milliseconds. */
const longestRest = 1_000;

/**
 * Spans that are over, on their way out. One whose parent is open waits for it, as whoever dies tells of nothing that is open, and what was below it
 * would hang in the air. An attempt's own span is nobody's to wait for: the next worker tells of one that died.
 */
export class SpanShelf {
  private readonly open = new Map<string, { readonly span: OpenSpan; readonly below: Told[] }>();
  private ready: Told[] = [];
  private isResting = false;
  private flushing: Promise<void> | undefined;
  private readonly params: SpanShelfParams;

  constructor(params: SpanShelfParams) {
    this.params = params;
  }

  begun(span: OpenSpan): void {
    this.open.set(span.spanContext().spanId, { span, below: [] });
  }

  ended(told: Told): void {
    const { below = [] } = this.open.get(told.context.spanId) ?? {};
    this.open.delete(told.context.spanId);
    const waiting = told.parent === undefined ? undefined : this.open.get(told.parent);
    if (waiting) waiting.below.push(told, ...below);
    else this.add([told, ...below]);
  }

  /** An attempt is over: whatever of it was left alone, as nobody waits for it, is over, too. */
  attemptEnded(told: Told): void {
    for (const { span } of [...this.open.values()]) if (span.spanContext().traceId === told.context.traceId) span.end();
    this.add([told]);
  }

  /** What is over already, or is told in somebody's place. */
  add(spans: readonly Told[]): void {
    this.ready.push(...spans);
    const lost = this.ready.splice(0, Math.max(0, this.ready.length - mostKept)).length;
    if (lost > 0) this.params.onLost({ spans: lost });
    if (!this.isResting && this.ready.length > 0) void this.rest();
  }

  /** Sends what is ready, in bounded time. Never rejects: what does not arrive is lost, and said to be. */
  async flush(): Promise<void> {
    // What came while others were sent goes behind them.
    while (this.flushing !== undefined) await this.flushing;
    if (this.ready.length === 0) return;
    this.flushing = this.send().finally(() => {
      this.flushing = undefined;
    });
    await this.flushing;
  }

  private async send(): Promise<void> {
    const { send, onLost, pause } = this.params;
    const over = new AbortController();
    const done = new AbortController();
    void pause(longestFlush, done.signal).then(() => over.abort(new DOMException('The collector took too long', 'TimeoutError')));
    const tooLong = new Promise<never>((_, reject) => over.signal.addEventListener('abort', () => reject(over.signal.reason)));
    // Nobody listens any more once all went out.
    tooLong.catch(() => undefined);
    const spans = this.ready.splice(0);
    try {
      for (; spans.length > 0; spans.splice(0, mostAtOnce)) await Promise.race([send(spans.slice(0, mostAtOnce), over.signal), tooLong]);
    } catch (error) {
      onLost({ spans: spans.length, error });
    } finally {
      done.abort();
    }
  }

  private async rest(): Promise<void> {
    this.isResting = true;
    await this.params.pause(longestRest);
    this.isResting = false;
    await this.flush();
  }
}
