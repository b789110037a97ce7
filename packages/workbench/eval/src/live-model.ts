import {
  BedrockRuntimeClient,
  type ContentBlockDelta,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import type { Model, ModelEvent, ModelUsage } from '@vera/bedrock-stand-in/model';
import { openAiModel } from '@vera/bedrock-stand-in/open-ai-model';
import type { ConverseRequest, StopReason } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { LiveModel } from './options.ts';

/** A model that is asked for money. Made only where something is recorded. */
export function liveModel(live: LiveModel): Model {
  return live.kind === 'open-ai' ? openAiModel(live) : bedrockModel(live);
}

/** The real Bedrock behind the stand-in, which has checked the request and applied the guardrail: the account need have no such one. */
function bedrockModel({ modelId, region, endpoint, credentials }: Extract<LiveModel, { kind: 'bedrock' }>): Model {
  // The process's own variables name the stand-ins.
  const client = new BedrockRuntimeClient({ region, credentials, endpoint: endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com` });
  return async function* (request, signal) {
    const { stream } = await client.send(new ConverseStreamCommand(toInput(request, modelId)), { abortSignal: signal });
    yield* toEvents(stream ?? []);
  };
}

function toInput({ messages, system, inferenceConfig, toolConfig }: ConverseRequest, modelId: string): ConverseStreamCommandInput {
  const asked = {
    messages,
    ...(system ? { system } : {}),
    ...(inferenceConfig ? { inferenceConfig } : {}),
    ...(toolConfig ? { toolConfig } : {}),
  };
  return { modelId, ...(JSON.parse(JSON.stringify(asked), withBytes) as Omit<ConverseStreamCommandInput, 'modelId'>) };
}

/** Bytes cross the wire as base64; what was marked for the guardrail is plain text to a model without one. */
function withBytes(key: string, value: unknown): unknown {
  if (key === 'bytes' && typeof value === 'string') return Buffer.from(value, 'base64');
  if (typeof value === 'object' && value !== null && 'guardContent' in value) {
    const { text, image } = value.guardContent as { text?: { text: string }; image?: unknown };
    return text ? { text: text.text } : { image };
  }
  return value;
}

async function* toEvents(stream: AsyncIterable<ConverseStreamOutput> | readonly ConverseStreamOutput[]): AsyncGenerator<ModelEvent> {
  let call: { name: string; input: string } | undefined;
  let reason: StopReason | undefined;
  for await (const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } of stream) {
    const toolUse = contentBlockStart?.start?.toolUse;
    if (toolUse) call = { name: toolUse.name ?? '', input: '' };
    if (call) call.input += contentBlockDelta?.delta?.toolUse?.input ?? '';
    yield* spokenIn(contentBlockDelta?.delta);
    if (contentBlockStop && call) {
      yield { kind: 'tool-use', ...call };
      call = undefined;
    }
    reason = (messageStop?.stopReason as StopReason | undefined) ?? reason;
    if (metadata && reason) yield { kind: 'stop', reason, usage: usageOf(metadata.usage) };
  }
}

function* spokenIn(delta: ContentBlockDelta | undefined): Generator<ModelEvent> {
  if (delta?.text) yield { kind: 'text', text: delta.text };
  if (delta?.reasoningContent?.text) yield { kind: 'reasoning', text: delta.reasoningContent.text };
}

function usageOf(usage: TokenUsage | undefined): ModelUsage {
  const { inputTokens = 0, outputTokens = 0, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage ?? {};
  return { inputTokens: inputTokens + cacheReadInputTokens + cacheWriteInputTokens, outputTokens };
}
