import type { Attributes, AttributeValue, Link, Span, SpanContext, SpanKind, SpanStatus, TimeInput } from '@opentelemetry/api';
import { nameOf } from './names.ts';

/** A span as it leaves. Times are epoch milliseconds, with parts of one. */
export interface Told {
  readonly name: string;
  readonly kind: SpanKind;
  readonly context: SpanContext;
  readonly parent: string | undefined;
  readonly at: number;
  readonly until: number;
  readonly attributes: Attributes;
  readonly links: readonly Link[];
  readonly hasFailed: boolean;
}

export interface SpanParams extends Omit<Told, 'until' | 'attributes' | 'hasFailed'> {
  readonly onEnd: (span: OpenSpan) => void;
  /** Milliseconds by a clock that nobody sets. */
  readonly monotonic: () => number;
}

/** A span that is not over. It holds only what `names.ts` names: no events, no words of an error, whoever gives them. */
export class OpenSpan implements Span {
  private readonly beganAt: number;
  private readonly attributes: Record<string, AttributeValue> = {};
  private hasFailed = false;
  private lasted: number | undefined;
  readonly params: SpanParams;

  constructor(params: SpanParams) {
    this.params = params;
    this.beganAt = params.monotonic();
  }

  /** Once it is over. */
  told(): Told {
    const { onEnd: _, monotonic: __, ...rest } = this.params;
    return { ...rest, until: rest.at + (this.lasted ?? 0), attributes: this.attributes, hasFailed: this.hasFailed };
  }

  spanContext(): SpanContext {
    return this.params.context;
  }

  setAttribute(given: string, value: AttributeValue): this {
    const name = nameOf(given);
    if (name !== undefined && this.isRecording()) this.attributes[name] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) this.setAttribute(name, value);
    return this;
  }

  setStatus({ code }: SpanStatus): this {
    // 2 is ERROR; the enum itself would be loaded for it.
    this.hasFailed = code === 2;
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  recordException(): void {}

  isRecording(): boolean {
    return this.lasted === undefined;
  }

  end(_at?: TimeInput): void {
    if (!this.isRecording()) return;
    this.lasted = Math.max(0, this.params.monotonic() - this.beganAt);
    this.params.onEnd(this);
  }
}
