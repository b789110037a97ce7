import type { Model, ModelEvent } from '@vera/bedrock-stand-in/model';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { emptied } from './placeholders.ts';
import { type Exchange, keysOf, type PartValues, type RecordedTurn } from './recording.ts';
import { type Parts, partsOf, type RequestPart } from './request-parts.ts';
import { scrubbed } from './secret-forms.ts';

export interface RecordingModel {
  readonly model: Model;
  /** The same whenever the same was said: helpers may end in any order. */
  readonly exchanges: () => readonly Exchange[];
}

type Step = Exclude<RecordedTurn, string>[number];

/** Passes requests on to a model that costs money, and keeps what it says: without secrets, and without what differs from run to run. */
export function recordModel(live: Model, relevant: readonly RequestPart[]): RecordingModel {
  const kept: { readonly order: string; readonly exchange: Exchange }[] = [];
  const model: Model = async function* (request, signal) {
    const events: ModelEvent[] = [];
    const keep = () => {
      const parts = partsOf(request);
      kept.push({ order: orderOf(request, parts), exchange: toExchange(events, { request, parts, relevant }) });
    };
    for await (const event of live(request, signal)) {
      events.push(event);
      // Whoever reads goes away at a stop.
      if (event.kind === 'stop') keep();
      yield event;
    }
    if (events.at(-1)?.kind !== 'stop') keep();
  };
  return { model, exchanges: () => kept.toSorted((one, other) => compare(one.order, other.order)).map(({ exchange }) => exchange) };
}

interface Answered {
  readonly request: ConverseRequest;
  readonly parts: Parts;
  readonly relevant: readonly RequestPart[];
}

function toExchange(events: readonly ModelEvent[], { request, parts, relevant }: Answered): Exchange {
  const { when, seen } = keysOf(parts, relevant);
  const steps = stepsOf(events).map((step) => JSON.parse(scrubbed(emptied(JSON.stringify(step), request))) as Step);
  const [only, ...others] = steps;
  const usage = events.find((event) => event.kind === 'stop')?.usage;
  return {
    when: withoutSecrets(when),
    says: typeof only === 'string' && others.length === 0 ? only : steps,
    ...(usage ? { usage: { input: usage.inputTokens, output: usage.outputTokens } } : {}),
    seen: withoutSecrets(seen),
  };
}

function withoutSecrets(values: PartValues): PartValues {
  return JSON.parse(scrubbed(JSON.stringify(values))) as PartValues;
}

/** What a model said, without the pieces it came in and without its names for calls, which are others each time. */
function stepsOf(events: readonly ModelEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    const last = steps.at(-1);
    if (event.kind === 'text' && typeof last === 'string') steps[steps.length - 1] = last + event.text;
    else if (event.kind === 'text') steps.push(event.text);
    else if (event.kind === 'tool-use') steps.push({ call: event.name, input: parsed(event.input) });
    else if (event.kind === 'stop' && !['end_turn', 'tool_use'].includes(event.reason)) steps.push({ stop: event.reason });
  }
  return steps;
}

/** Garbage stays as it was written. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

/** By the conversation, then by how far it was: not by who was first. */
function orderOf({ messages }: ConverseRequest, parts: Parts): string {
  const depth = String(messages.length).padStart(4, '0');
  return JSON.stringify([parts.above, parts.asked, depth, parts.called, parts.results]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
