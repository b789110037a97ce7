import type { FaultQueue } from '../fault-queue.ts';
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
}

const mostRemembered = 500;

/** One Converse or ConverseStream call: checked, then answered by the model, unless a fault is due. */
export async function answerConverse({ request, modelId, stream, guardedBy, cut }: ConverseCall, parts: ConverseParts): Promise<Response> {
  const began = parts.now();
  const gone = new AbortController();
  const abandon = () => gone.abort();
  request.signal.addEventListener('abort', abandon, { once: true });
  const checked = await readConverseRequest(await request.text(), modelId, stream);
  const guardrail = checked.request.guardrailConfig?.guardrailIdentifier;
  if (guardrail) guardedBy(guardrail);
  parts.requests.push(checked.request);
  if (parts.requests.length > mostRemembered) parts.requests.shift();
  const fault = await parts.faults.next(gone.signal);
  const refusal = fault && refusalOf(fault);
  if (refusal) throw refusal;
  const said = limited(parts.model()(checked.request, gone.signal), checked, fault);
  const events = toStreamEvents(said, metadataOf(checked, parts, began));
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

function metadataOf({ request, card }: CheckedRequest, { cache, now }: ConverseParts, began: number): MetadataOf {
  const input = cache.use(request, card);
  return ({ outputTokens, usage, stopReason }) => {
    const counted = { ...input, outputTokens, ...usage };
    const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens } = counted;
    const totalTokens = inputTokens + cacheReadInputTokens + cacheWriteInputTokens + counted.outputTokens;
    const traced = request.guardrailConfig?.trace?.startsWith('enabled');
    return {
      usage: { ...counted, totalTokens },
      metrics: { latencyMs: Math.max(0, now() - began) },
      ...(traced ? { trace: { guardrail: guardrailTrace(request, stopReason) } } : {}),
    };
  };
}

function guardrailTrace({ guardrailConfig }: ConverseRequest, stopReason: string): object {
  if (stopReason !== 'guardrail_intervened') return { actionReason: 'No action.' };
  const topicPolicy = { topics: [{ name: 'Injected topic', type: 'DENY', action: 'BLOCKED', detected: true }] };
  return { inputAssessment: { [guardrailConfig?.guardrailIdentifier ?? '']: { topicPolicy } }, actionReason: 'Guardrail blocked.' };
}
