import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { Model } from '@vera/bedrock-stand-in/model';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { filled } from './placeholders.ts';
import { type Exchange, keysOf, type PartValues, type RecordedTurn, type Recording } from './recording.ts';
import { type Parts, partsOf, type RequestPart, requestParts } from './request-parts.ts';

export interface ReplayOptions {
  readonly relevant: readonly RequestPart[];
  /** Exchanges that no request of before has come to are taken as they stand, and their keys are written anew. */
  readonly isUpdating?: boolean;
}

export interface Replay {
  readonly model: Model;
  /** What was asked and has no answer: the case has failed, whatever else it holds. */
  readonly missing: readonly string[];
  /** What of the requests is not as it was recorded. */
  readonly differences: readonly Difference[];
  /** With the keys of this run; those that nothing asked for as they were. */
  readonly exchanges: () => readonly Exchange[];
}

export interface Difference {
  readonly part: RequestPart;
  readonly before: string;
  readonly now: string;
}

/** A model that says again what was recorded. Equal requests get their answers in the recorded order; nothing is sent anywhere. */
export function replayModel({ exchanges = [] }: Partial<Recording>, { relevant, isUpdating = false }: ReplayOptions): Replay {
  const left = new Map(exchanges.entries());
  const renewed = [...exchanges];
  const missing: string[] = [];
  const differences: Difference[] = [];
  const take = (parts: Parts): Exchange | undefined => {
    const { when, seen } = keysOf(parts, relevant);
    const found = [...left].find(([, exchange]) => isSame(exchange.when, when)) ?? (isUpdating ? [...left][0] : undefined);
    if (!found) return undefined;
    const [index, exchange] = found;
    left.delete(index);
    differences.push(...differencesIn(exchange.seen, seen));
    renewed[index] = { when, says: exchange.says, ...(exchange.usage ? { usage: exchange.usage } : {}), seen };
    return exchange;
  };
  const model: Model = (request, signal) => {
    const parts = partsOf(request);
    const exchange = take(parts);
    const turn = exchange && filledTurn(exchange.says, request);
    if (exchange && turn !== undefined && !isWanting(turn)) return withUsage(scriptedModel(() => turn)(request, signal), exchange);
    missing.push(isWanting(turn) ? turn.wants : missingWords(keysOf(parts, relevant).when, [...left.values()]));
    // No error of this kind is tried again.
    throw new AwsError(400, 'ValidationException', 'There is no recorded answer for this request.');
  };
  return { model, missing, differences, exchanges: () => renewed };
}

interface Wanting {
  readonly wants: string;
}

function isWanting(turn: ScriptedTurn | Wanting | undefined): turn is Wanting {
  return typeof turn === 'object' && 'wants' in turn;
}

function filledTurn(turn: RecordedTurn, request: ConverseRequest): ScriptedTurn | Wanting {
  const { text, missing } = filled(JSON.stringify(turn), request);
  if (missing) return { wants: `The recorded answer wants ${missing}, and the request has no such text.` };
  return JSON.parse(text) as ScriptedTurn;
}

async function* withUsage(events: ReturnType<Model>, { usage }: Exchange): ReturnType<Model> {
  let called = false;
  for await (const event of events) {
    if (event.kind === 'stop') return void (yield { ...event, ...counted(usage) });
    called ||= event.kind === 'tool-use';
    yield event;
  }
  if (usage) yield { kind: 'stop', reason: called ? 'tool_use' : 'end_turn', ...counted(usage) };
}

function counted(usage: Exchange['usage']) {
  return usage ? { usage: { inputTokens: usage.input, outputTokens: usage.output } } : {};
}

function isSame(one: PartValues | undefined, other: PartValues): boolean {
  return one !== undefined && JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

function differencesIn(seen: PartValues | undefined, now: PartValues): Difference[] {
  if (!seen) return [];
  return requestParts.flatMap((part) => {
    const [before, after] = [shown(seen[part]), shown(now[part])];
    return part in now && before !== after ? [{ part, before, now: after }] : [];
  });
}

function shown(value: PartValues[RequestPart]): string {
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

function missingWords(when: PartValues, left: readonly Exchange[]): string {
  const next = left[0]?.when;
  return `No recorded answer for ${JSON.stringify(when)}${next ? `; the next one is for ${JSON.stringify(next)}` : ''}`;
}
