import type { Budget } from '../budget/budget.ts';
import type { Usage } from '../budget/prices.ts';
import type { FailureCode } from '../failure.ts';
import type { FoundDocument, Tool, ToolOutput } from '../tools/tool.ts';
import type { SystemPrompt } from './system-prompt.ts';

export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp';
export type DocumentFormat = 'pdf' | 'csv' | 'doc' | 'docx' | 'xls' | 'xlsx' | 'html' | 'txt' | 'md';

/** A part of what somebody said. Text is never blank. */
export type Content =
  | Words
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'document';
      readonly format: DocumentFormat;
      readonly name: string;
      readonly bytes: Uint8Array;
      /** Of a PDF. */
      readonly pages: number;
      /** What it says, where that was read; the model is given the bytes. */
      readonly text?: string;
    };

export interface Words {
  readonly kind: 'text';
  readonly text: string;
  /** The name of the file whose words these are, or whose name they tell. */
  readonly file?: string;
  /** The guardrail let it pass already. */
  readonly isJudged?: boolean;
}

/** One turn of a conversation; turns alternate, and the first and last are the user's. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Content[];
}

export interface AgentTask {
  readonly systemPrompt: SystemPrompt;
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  /** Calls that were made for this question in earlier turns and are not made again, oldest first. */
  readonly made?: readonly MadeCall[];
  /** What it may use, shared with whoever works on the same question. */
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** Whose run it is, in traces; Vera's own where it is left out. */
  readonly agentName?: string;
  /** What was said meanwhile, asked for before each call of the model. Never rejects. */
  readonly hear?: () => Promise<readonly Words[]>;
}

export interface MadeCall {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  readonly output: ToolOutput;
}

/** How a run ended. Failures are rejections with `AnswerFailure`. */
export type EndReason = 'completed' | 'cut' | 'too-many-steps' | 'blocked' | 'cancelled';

export type AgentEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool-started'; readonly id: string; readonly tool: string; readonly title: string; readonly details?: string }
  /** What a call is about that was judged before it may be told. */
  | { readonly kind: 'tool-cleared'; readonly id: string; readonly title: string; readonly details: string }
  /** What a tool says of itself while it runs, for whoever reads along. */
  | { readonly kind: 'tool-progress'; readonly id: string; readonly title: string; readonly words: string }
  | {
      readonly kind: 'tool-ended';
      readonly id: string;
      readonly tool: string;
      readonly title: string;
      readonly isError: boolean;
      /** As of a `Tool`. */
      readonly as?: 'company' | 'asker';
      /** Of an error. */
      readonly code?: string;
      readonly milliseconds: number;
      /** What came of it, for whoever reads along. */
      readonly told?: string;
      readonly found?: readonly FoundDocument[];
      readonly input: unknown;
      readonly output: string;
    }
  /** It is called once more. */
  | { readonly kind: 'model-retried'; readonly code: FailureCode; readonly attempt: number }
  | { readonly kind: 'model-called'; readonly call: ModelCall }
  /** The model refused a file or a tool, so it did without: "The language model does not accept “wide.png”". */
  | { readonly kind: 'left-out'; readonly words: string }
  /** The guardrail took values of these kinds out of the answer, or out of what it was made of. */
  | { readonly kind: 'masked'; readonly kinds: readonly string[] }
  /** The guardrail judged a text that goes in or leaves. */
  | { readonly kind: 'judged'; readonly verdict: string; readonly units: number; readonly milliseconds: number }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export interface ModelCall extends Usage {
  /** As Bedrock was asked for it: helpers may have another than the answer. */
  readonly model?: string;
  readonly milliseconds: number;
  readonly firstTokenMilliseconds?: number;
  readonly stopReason: string;
  /** Text units that the guardrail judged. */
  readonly guardrailUnits?: number;
}

/** Works on one question; the last event is `ended`. */
export type Agent = (task: AgentTask) => AsyncIterable<AgentEvent>;
