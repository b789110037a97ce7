import type { ModelEvent } from '../model.ts';
import { type Assessed, assess, masked, reasonOf } from './assess.ts';
import type { GuardedRequest } from './guarded-request.ts';
import type { Guardrail } from './guardrail.ts';

export interface GuardedAnswer {
  readonly events: AsyncIterable<ModelEvent>;
  /** Once it has ended. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailTraceAssessment.html */
  readonly trace: () => object | undefined;
}

/**
 * A model's answer behind a guardrail. In sync mode text waits for its verdict, and values are masked in it; in async mode it goes out at once,
 * unmasked, and stops when the verdict comes. https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-streaming.html
 */
export function guardAnswer({ guardrail, input, request }: GuardedRequest, said: () => AsyncIterable<ModelEvent>): GuardedAnswer {
  const { trace, streamProcessingMode = 'sync' } = request.guardrailConfig ?? {};
  const spoken = new SpokenText(guardrail, trace === 'enabled_full');
  const isSync = streamProcessingMode === 'sync' || !request.stream;
  const answered = async function* (): AsyncGenerator<ModelEvent> {
    if (input.isBlocked) return yield* blocked(guardrail.blockedInput);
    yield* isSync ? afterVerdict(said(), spoken, guardrail) : beforeVerdict(said(), spoken, guardrail);
  };
  return { events: answered(), trace: () => traceOf(guardrail.id, input, spoken) };
}

async function* afterVerdict(said: AsyncIterable<ModelEvent>, spoken: SpokenText, guardrail: Guardrail): AsyncGenerator<ModelEvent> {
  let stop: Extract<ModelEvent, { kind: 'stop' }> | undefined;
  for await (const event of said) {
    if (event.kind === 'text') spoken.add(event.text);
    if (spoken.isBlocked(event.kind !== 'text')) return yield* blocked(guardrail.blockedOutput);
    yield* textOf(spoken.released(event.kind !== 'text'));
    if (event.kind === 'stop') stop = event;
    else if (event.kind !== 'text') yield event;
  }
  if (spoken.isBlocked(true)) return yield* blocked(guardrail.blockedOutput);
  yield* textOf(spoken.released(true));
  if (spoken.assessed?.intervened) yield { ...stop, kind: 'stop', reason: 'guardrail_intervened' };
  else if (stop) yield stop;
}

async function* beforeVerdict(said: AsyncIterable<ModelEvent>, spoken: SpokenText, guardrail: Guardrail): AsyncGenerator<ModelEvent> {
  for await (const event of said) {
    if (event.kind === 'text') {
      spoken.add(event.text);
      yield event;
    }
    if (spoken.isBlocked(event.kind !== 'text')) return yield* blocked(guardrail.blockedOutput);
    if (event.kind !== 'text') yield event;
  }
  if (spoken.isBlocked(true)) yield* blocked(guardrail.blockedOutput);
}

function* blocked(text: string): Generator<ModelEvent> {
  yield { kind: 'text', text };
  yield { kind: 'stop', reason: 'guardrail_intervened' };
}

function* textOf(text: string): Generator<ModelEvent> {
  if (text !== '') yield { kind: 'text', text };
}

/** After so much more text it is judged again. The real size is told nowhere; what is written of it speaks of some sentences. */
const chunk = 250;
/** So much is kept back, for the next words may make a value or a sentence of it. */
const lookAhead = 80;

/** What the model has said so far, how much of it was judged, and how much went out. */
class SpokenText {
  assessed: Assessed | undefined;
  text = '';
  private judgedTo = 0;
  private shownTo = 0;
  private readonly guardrail: Guardrail;
  private readonly isFull: boolean;

  constructor(guardrail: Guardrail, isFull: boolean) {
    this.guardrail = guardrail;
    this.isFull = isFull;
  }

  add(more: string): void {
    this.text += more;
  }

  /** Judges what has come since, once that is enough or is all. */
  isBlocked(isAll: boolean): boolean {
    const more = this.text.length - this.judgedTo;
    if (more >= (isAll ? 1 : chunk)) {
      this.judgedTo = this.text.length;
      this.assessed = assess(this.guardrail, this.text, { source: 'OUTPUT', isFull: this.isFull });
    }
    return this.assessed?.isBlocked ?? false;
  }

  /** What of the judged text may go out now, masked. */
  released(isAll: boolean): string {
    const { masks = [] } = this.assessed ?? {};
    const wanted = isAll ? this.text.length : Math.max(this.shownTo, this.judgedTo - lookAhead);
    const end = masks.find(({ start, end: after }) => start < wanted && after > wanted)?.start ?? wanted;
    const text = masked(this.text, masks, this.shownTo, end);
    this.shownTo = end;
    return text;
  }
}

function traceOf(id: string, input: Assessed, { assessed: output, text }: SpokenText): object {
  return {
    inputAssessment: { [id]: input.assessment },
    ...(output ? { outputAssessments: { [id]: [output.assessment] } } : {}),
    ...(output?.isBlocked ? { modelOutput: [text] } : {}),
    actionReason: reasonOf(input.isBlocked || !output ? input : output),
  };
}
