import type { AfterToolCallEvent, AgentStreamEvent, ModelMetadataEventData } from '@strands-agents/sdk';
import type { GuardNote } from '../guardrail/guarded-text.ts';
import type { Passed } from '../guardrail/judged-stream.ts';
import { maskedKinds } from '../guardrail/policy.ts';
import { toldFailure } from '../tools/told-text.ts';
import type { Tool, ToolOutput } from '../tools/tool.ts';
import type { AgentEvent } from './agent.ts';
import { toUsage } from './metered-model.ts';
import { toAnswerFailure } from './model-failure.ts';

/** What one run has done so far: turns the library's events into ours and counts. */
export class RunRecord {
  private startedAt = 0;
  private firstTokenAt: number | undefined;
  private hasText = false;
  private stopReason = '';
  private started = 0;
  /** By the model's name for a call, which may come back in a later one; `id` never does. */
  private readonly calls = new Map<string, { readonly id: string; readonly startedAt: number; readonly toolUse: ToolUse }>();
  private readonly outputs = new Map<string, ToolOutput>();
  private readonly tools: ReadonlyMap<string, Tool>;
  private readonly isGuarded: boolean;
  private readonly model: string | undefined;
  private guardrail: Passed | undefined;
  private notes: GuardNote[] = [];

  /** Whether the model call under way showed text already. */
  hasTextOfThisCall = false;

  /** `isGuarded`: what leaves with a call is judged, and not told of before. */
  constructor(tools: readonly Tool[], isGuarded: boolean, model: string | undefined) {
    this.isGuarded = isGuarded;
    this.model = model;
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
  }

  /** What is told of a call to whoever reads along, once it has ended. */
  told(toolUseId: string, output: ToolOutput): void {
    this.outputs.set(toolUseId, output);
  }

  /** What the guardrail did to the call under way. */
  passed(guardrail: Passed): void {
    this.guardrail = guardrail;
  }

  /** What the guardrail did to a text beside the call. */
  note(note: GuardNote): void {
    this.notes.push(note);
  }

  /** What was noted since the last look. */
  *noted(): Generator<AgentEvent> {
    const { notes } = this;
    this.notes = [];
    yield* notes;
  }

  *translate(event: AgentStreamEvent): Generator<AgentEvent> {
    switch (event.type) {
      case 'beforeModelCallEvent':
        this.startedAt = performance.now();
        this.firstTokenAt = undefined;
        this.hasTextOfThisCall = false;
        this.guardrail = undefined;
        break;
      case 'modelStreamUpdateEvent':
        yield* this.ofModel(event.event);
        break;
      case 'beforeToolCallEvent': {
        const { toolUse } = event;
        this.started += 1;
        this.calls.set(toolUse.toolUseId, { id: `step-${this.started}`, startedAt: performance.now(), toolUse });
        this.outputs.delete(toolUse.toolUseId);
        yield { kind: 'tool-started', ...this.named(toolUse), ...this.detailsOf(toolUse) };
        break;
      }
      case 'toolStreamUpdateEvent': {
        const { toolUseId, words, about } = event.event.data as ToolProgress;
        const call = this.calls.get(toolUseId);
        if (!call) break;
        const { id, title } = this.named(call.toolUse);
        yield about === 'details' ? { kind: 'tool-cleared', id, title, details: words } : { kind: 'tool-progress', id, title, words };
        break;
      }
      case 'afterToolCallEvent':
        yield this.toolEnded(event);
        yield* this.noted();
        break;
      case 'afterModelCallEvent':
        if (event.retry && event.error) {
          yield { kind: 'model-retried', code: toAnswerFailure(event.error).code, attempt: event.attemptCount };
        }
        break;
      default:
    }
  }

  private *ofModel(event: Extract<AgentStreamEvent, { type: 'modelStreamUpdateEvent' }>['event']): Generator<AgentEvent> {
    if (event.type === 'modelContentBlockDeltaEvent') {
      this.firstTokenAt ??= performance.now();
      if (event.delta.type === 'textDelta' && event.delta.text !== '') yield this.text(event.delta.text);
    }
    if (event.type === 'modelMessageStopEvent') this.stopReason = event.stopReason;
    if (event.type !== 'modelMetadataEvent') return;
    yield this.modelCalled(event.usage);
    const { masked = [] } = this.guardrail ?? {};
    if (masked.length > 0) yield { kind: 'masked', kinds: maskedKinds(masked) };
  }

  /** Text before and after a tool call are two paragraphs. */
  private text(text: string): AgentEvent {
    const isNewParagraph = this.hasText && !this.hasTextOfThisCall;
    this.hasText = true;
    this.hasTextOfThisCall = true;
    return { kind: 'text', text: isNewParagraph ? `\n\n${text}` : text };
  }

  private modelCalled(usage: ModelMetadataEventData['usage']): AgentEvent {
    return {
      kind: 'model-called',
      call: {
        milliseconds: Math.round(performance.now() - this.startedAt),
        ...(this.firstTokenAt === undefined ? {} : { firstTokenMilliseconds: Math.round(this.firstTokenAt - this.startedAt) }),
        ...toUsage(usage),
        stopReason: this.stopReason,
        ...(this.model === undefined ? {} : { model: this.model }),
        ...(this.guardrail && this.guardrail.units > 0 ? { guardrailUnits: this.guardrail.units } : {}),
      },
    };
  }

  private toolEnded({ toolUse, result }: AfterToolCallEvent): AgentEvent {
    const { startedAt = performance.now() } = this.calls.get(toolUse.toolUseId) ?? {};
    const {
      text = '',
      isError = false,
      told = isError ? toldFailure(text) : undefined,
      found,
      code,
    } = this.outputs.get(toolUse.toolUseId) ?? {};
    return {
      kind: 'tool-ended',
      ...this.named(toolUse),
      ...this.rightsOf(toolUse),
      isError: result.status === 'error',
      milliseconds: Math.round(performance.now() - startedAt),
      ...(told === undefined ? {} : { told }),
      ...(code === undefined ? {} : { code }),
      ...(found === undefined ? {} : { found }),
      input: toolUse.input,
      output: result.content.map((part) => (part.type === 'textBlock' ? part.text : JSON.stringify(part))).join('\n'),
    };
  }

  private detailsOf({ name, input }: ToolUse): { details?: string } {
    const called = this.tools.get(name);
    const inner = called?.behind?.(input);
    if (this.isGuarded && (inner ?? called)?.isSending) return {};
    const details = inner ? inner.details?.((input as { input?: unknown }).input) : called?.details?.(input);
    return details === undefined ? {} : { details };
  }

  private rightsOf({ name, input }: ToolUse): Pick<Tool, 'as'> {
    const called = this.tools.get(name);
    const { as } = called?.behind?.(input) ?? called ?? {};
    return as === undefined ? {} : { as };
  }

  private named({ toolUseId, name, input }: ToolUse): { id: string; tool: string; title: string } {
    const called = this.tools.get(name);
    const tool = called?.behind?.(input) ?? called;
    const id = this.calls.get(toolUseId)?.id ?? toolUseId;
    return { id, tool: tool?.name ?? name, title: tool?.title ?? 'Looking for a tool' };
  }
}

/** What our tools give the library while they run. */
export type ToolProgress = {
  readonly toolUseId: string;
  readonly words: string;
  readonly about?: 'details';
};

interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}
