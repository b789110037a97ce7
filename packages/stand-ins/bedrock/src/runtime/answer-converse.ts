import type { FaultQueue } from '../fault-queue.ts';
import { type GuardedAnswer, guardAnswer } from '../guardrail/guarded-answer.ts';
import { guardRequest, guardrailNamed } from '../guardrail/guarded-request.ts';
import type { Guardrail } from '../guardrail/guardrail.ts';
import type { Model, ModelEvent } from '../model.ts';
import type { ConverseRequest } from './converse-request.ts';
import { withStopReason, withTokenLimit } from './end-early.ts';
import type { PromptCache } from './prompt-cache.ts';
import { type CheckedRequest, readConverseRequest } from './read-converse-request.ts';
import { type RuntimeFault, refusalOf, streamFaultOf } from './runtime-fault.ts';
import { streamResponse } from './stream-response.ts';
import { toConverseAnswer } from './to-converse-answer.ts';
import { type MetadataOf, toStreamEvents } from './to-stream-events.ts';

export interface ConverseCall {
  readonly request: Request;
  readonly modelId: string;
  readonly stream: boolean;
  /** Told the guardrail a request names. */
  readonly guardedBy: (guardrailId: string) => void;
  /** Breaks the connection, as a network would. */
  readonly cut: () => void;
}

export interface ConverseParts {
  readonly model: () => Model;
  readonly faults: FaultQueue<RuntimeFault>;
  readonly cache: PromptCache;
  readonly now: () => number;
  readonly requests: ConverseRequest[];
  readonly guardrails: readonly Guardrail[];
}

const mostRemembered = 500;

/** One Converse or ConverseStream call: checked, then answered by the model, unless a fault is due. */
export async function answerConverse({ request, modelId, stream, guardedBy, cut }: ConverseCall, parts: ConverseParts): Promise<Response> {
  const began = parts.now();
  const gone = new AbortController();
  const abandon = () => gone.abort();
  request.signal.addEventListener('abort', abandon, { once: true });
  const checked = await readConverseRequest(await request.text(), modelId, stream);
  const { guardrailIdentifier, guardrailVersion } = checked.request.guardrailConfig ?? {};
  if (guardrailIdentifier) guardedBy(guardrailIdentifier);
  const guardrail = guardrailIdentifier ? guardrailNamed(parts.guardrails, guardrailIdentifier, guardrailVersion) : undefined;
  parts.requests.push(checked.request);
  if (parts.requests.length > mostRemembered) parts.requests.shift();
  const fault = await parts.faults.next(gone.signal);
  const refusal = fault && refusalOf(fault);
  if (refusal) throw refusal;
  const guarded = guardrail && guardRequest(guardrail, checked.request);
  const said = () => limited(parts.model()(guarded?.request ?? checked.request, gone.signal), checked, fault);
  const answer = guarded && fault?.kind !== 'stop-reason' ? guardAnswer(guarded, said) : { events: said(), trace: () => injected(fault) };
  const events = toStreamEvents(answer.events, metadataOf(checked, parts, { began, trace: answer.trace }));
  if (stream) return streamResponse(events, { fault: streamFaultOf(fault), abandon, cut });
  return Response.json(await toConverseAnswer(events), { headers: { 'x-amzn-requestid': crypto.randomUUID() } });
}

function limited(
  said: AsyncIterable<ModelEvent>,
  { request, card }: CheckedRequest,
  fault: RuntimeFault | undefined,
): AsyncIterable<ModelEvent> {
  if (fault?.kind === 'stop-reason') return withStopReason(said, fault);
  return withTokenLimit(said, request.inferenceConfig?.maxTokens ?? card.maxOutputTokens);
}

interface Answered extends Pick<GuardedAnswer, 'trace'> {
  readonly began: number;
}

function metadataOf({ request, card }: CheckedRequest, { cache, now }: ConverseParts, { began, trace }: Answered): MetadataOf {
  const input = cache.use(request, card);
  return ({ outputTokens, usage }) => {
    const counted = { ...input, outputTokens, ...usage };
    const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens } = counted;
    const totalTokens = inputTokens + cacheReadInputTokens + cacheWriteInputTokens + counted.outputTokens;
    const traced = request.guardrailConfig?.trace?.startsWith('enabled') ? trace() : undefined;
    return {
      usage: { ...counted, totalTokens },
      metrics: { latencyMs: Math.max(0, now() - began) },
      ...(traced ? { trace: { guardrail: traced } } : {}),
    };
  };
}

function injected(fault: RuntimeFault | undefined): object | undefined {
  return fault?.kind === 'stop-reason' ? (fault.trace ?? { actionReason: 'No action.' }) : undefined;
}
