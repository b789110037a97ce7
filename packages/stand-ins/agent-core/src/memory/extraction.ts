import type { Clock } from '@vera/stand-in-kit/clock';
import type { MemoryEvent } from './event-shelf.ts';
import type { NewEvent, Payload } from './memory-shapes.ts';
import type { RecordShelf } from './record-shelf.ts';

/** A strategy of the memory: where what it extracts is put, such as `/facts/{actorId}/{sessionId}/`. */
export interface Strategy {
  readonly id: string;
  readonly namespaceTemplate: string;
}

export interface ExtractionParams {
  readonly strategies: readonly Strategy[];
  readonly records: RecordShelf;
  readonly clock: Clock;
  readonly seed: number;
  /** All by default: what must not be remembered must not be handed over. */
  readonly believes?: 'every sentence' | 'what people say of themselves' | undefined;
}

/** AWS: "within 20–40 seconds" (Machine Learning blog, "AgentCore long-term memory deep dive"). */
const quickest = 20_000;
const slowest = 40_000;

/**
 * Makes records of events, some time later. No model: it believes every sentence it is given, whoever is said to have said it, or by its form
 * alone only those that AWS's would make something of. A job that runs holds its text: deleting the event stops nothing.
 */
export class Extraction {
  failures = 0;
  /** What prevents each job → the job. */
  private readonly jobs = new Map<() => void, () => void>();
  private draws = 0;
  private readonly params: ExtractionParams;

  constructor(params: ExtractionParams) {
    this.params = params;
  }

  take(event: MemoryEvent & Pick<NewEvent, 'extractionMode' | 'extractionConfig'>): void {
    if (event.extractionMode === 'SKIP') return;
    const all = event.payload.flatMap(sentencesIn);
    const sentences = this.params.believes === 'what people say of themselves' ? all.filter(isOfThemselves) : all;
    if (sentences.length === 0) return;
    const run = () => {
      this.jobs.delete(cancel);
      for (const strategy of this.params.strategies) this.extract(sentences, strategy, event);
    };
    const cancel = this.params.clock.after(this.delay(), run);
    this.jobs.set(cancel, run);
  }

  stop(): void {
    for (const cancel of this.jobs.keys()) cancel();
    this.jobs.clear();
  }

  /** Ends what runs at once, as it would end in AWS while this process is gone. */
  finish(): void {
    for (const [cancel, run] of this.jobs) {
      cancel();
      run();
    }
  }

  /** A variable that is missing: nothing is stored, and nobody is told but the metric. */
  private extract(
    sentences: readonly string[],
    { id, namespaceTemplate }: Strategy,
    event: MemoryEvent & Pick<NewEvent, 'extractionConfig'>,
  ) {
    const { actorId, sessionId, extractionConfig } = event;
    const values: Record<string, string> = { ...extractionConfig?.namespaceVariables, actorId, sessionId, memoryStrategyId: id };
    let isResolved = true;
    const namespace = namespaceTemplate.replace(/\{(\w+)\}/g, (_, name: string) => {
      isResolved &&= Object.hasOwn(values, name);
      return values[name] ?? '';
    });
    if (!isResolved) {
      this.failures += 1;
      return;
    }
    for (const text of sentences) this.params.records.merge({ text, namespace, strategyId: id });
  }

  /** By Weyl's sequence: equal for equal seeds, and spread. */
  private delay(): number {
    this.draws += 1;
    const part = (this.params.seed * 0.754_877_666 + this.draws * 0.618_033_988) % 1;
    return Math.round(quickest + part * (slowest - quickest));
  }
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** JSON is extracted from as well, blobs are not (model, `PayloadType`). */
function sentencesIn(part: Payload): string[] {
  const text = textIn(part);
  const found = text.split('\n').flatMap((line) => [...sentences.segment(line)].map(({ segment }) => segment.trim()));
  return found.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function textIn(part: Payload): string {
  if ('conversational' in part) return part.conversational.content.text;
  return 'json' in part ? JSON.stringify(part.json.content ?? null) : '';
}

/** What stands before a sentence and says nothing of its kind: mentions, greetings, "by the way". */
const before =
  /^(?:<@\w+>|hi|hello|hey|vera|thanks|thank you|please|by the way|btw|and|but|so|also|well|ok(?:ay)?|yes|no|actually|currently|today|now|as you know|just so you know|for your information|fyi|(?:please )?(?:remember|note|know) that|from now on|since \w+|in \w+|on \w+|until \w+)(?![\p{L}'’])[\s,.:;!–—-]*/iu;
const ofThemselves = /^(?:I|my|mine|we|our|ours)(?![\p{L}])/iu;
/** "I want to know …", "I would like you to …": asks for something. */
const asks =
  /^(?:I|we)(?:['’]d| would| do| did)?(?: (?:really|just|also|always|only))* (?:want|need|like to|like you|like it|wish|wonder|ask|asked|hope|prefer you|have (?:a|another|one) question|can(?:not|['’]t)? (?:see|find))(?![\p{L}])/iu;

/** A sentence in which somebody states something of themselves, by its form alone: no question, no wish, and nobody told to do anything. */
export function isOfThemselves(sentence: string): boolean {
  let said = sentence.trim();
  for (let rest = said.replace(before, ''); rest !== said; rest = said.replace(before, '')) said = rest;
  return ofThemselves.test(said) && !asks.test(said) && !/\?[\s"'”’)]*$/.test(said);
}
