import type { AfterToolCallEvent, AgentStreamEvent } from '@strands-agents/sdk';
import type { Tool } from '../tools/tool.ts';
import type { AgentEvent } from './agent.ts';
import { toAnswerFailure } from './model-failure.ts';

const mostToolCalls = 40;

/** What one run has done so far: turns the library's events into ours and counts. */
export class RunRecord {
  private startedAt = 0;
  private firstTokenAt: number | undefined;
  private hasText = false;
  private stopReason = '';
  private toolCalls = 0;
  private readonly toolStarts = new Map<string, number>();
  private readonly tools: ReadonlyMap<string, Tool>;

  /** Whether the model call under way showed text already. */
  hasTextOfThisCall = false;

  constructor(tools: readonly Tool[]) {
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
  }

  mayCallTool(): boolean {
    this.toolCalls += 1;
    return this.toolCalls <= mostToolCalls;
  }

  *translate(event: AgentStreamEvent): Generator<AgentEvent> {
    switch (event.type) {
      case 'beforeModelCallEvent':
        this.startedAt = performance.now();
        this.firstTokenAt = undefined;
        this.hasTextOfThisCall = false;
        break;
      case 'modelStreamUpdateEvent':
        yield* this.ofModel(event.event);
        break;
      case 'beforeToolCallEvent':
        this.toolStarts.set(event.toolUse.toolUseId, performance.now());
        yield { kind: 'tool-started', ...this.named(event.toolUse) };
        break;
      case 'afterToolCallEvent':
        yield this.toolEnded(event);
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
    if (event.type === 'modelMetadataEvent') yield this.modelCalled(event.usage);
  }

  /** Text before and after a tool call are two paragraphs. */
  private text(text: string): AgentEvent {
    const isNewParagraph = this.hasText && !this.hasTextOfThisCall;
    this.hasText = true;
    this.hasTextOfThisCall = true;
    return { kind: 'text', text: isNewParagraph ? `\n\n${text}` : text };
  }

  private modelCalled(
    usage: { inputTokens: number; outputTokens: number; cacheReadInputTokens?: number; cacheWriteInputTokens?: number } | undefined,
  ): AgentEvent {
    return {
      kind: 'model-called',
      call: {
        milliseconds: Math.round(performance.now() - this.startedAt),
        ...(this.firstTokenAt === undefined ? {} : { firstTokenMilliseconds: Math.round(this.firstTokenAt - this.startedAt) }),
        inputTokens: usage?.inputTokens ?? 0,
        outputTokens: usage?.outputTokens ?? 0,
        cacheReadTokens: usage?.cacheReadInputTokens ?? 0,
        cacheWriteTokens: usage?.cacheWriteInputTokens ?? 0,
        stopReason: this.stopReason,
      },
    };
  }

  private toolEnded({ toolUse, result }: AfterToolCallEvent): AgentEvent {
    const started = this.toolStarts.get(toolUse.toolUseId) ?? performance.now();
    return {
      kind: 'tool-ended',
      ...this.named(toolUse),
      isError: result.status === 'error',
      milliseconds: Math.round(performance.now() - started),
      input: toolUse.input,
      output: result.content.map((part) => (part.type === 'textBlock' ? part.text : JSON.stringify(part))).join('\n'),
    };
  }

  private named({ toolUseId, name, input }: ToolUse): { id: string; tool: string; title: string } {
    const called = this.tools.get(name);
    const tool = called?.behind?.(input) ?? called;
    return { id: toolUseId, tool: tool?.name ?? name, title: tool?.title ?? 'Looking for a tool' };
  }
}

interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}
