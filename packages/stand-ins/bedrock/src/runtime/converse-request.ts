/** A Converse or ConverseStream request as it crossed the wire (bytes are base64 text). */
export interface ConverseRequest extends ConverseBody {
  /** Decoded from the path: a bare id, an inference profile or an ARN. */
  readonly modelId: string;
  readonly stream: boolean;
}

export interface ConverseBody {
  readonly messages: readonly ConverseMessage[];
  readonly system?: readonly SystemBlock[];
  readonly inferenceConfig?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
  };
  readonly toolConfig?: { readonly tools?: readonly ToolEntry[]; readonly toolChoice?: ToolChoice };
  readonly guardrailConfig?: {
    readonly guardrailIdentifier?: string;
    readonly guardrailVersion?: string;
    readonly trace?: string;
    readonly streamProcessingMode?: 'sync' | 'async';
  };
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>>;
  readonly requestMetadata?: Readonly<Record<string, string>>;
}

export interface ConverseMessage {
  readonly role: string;
  readonly content: readonly ContentBlock[];
}

export interface ContentBlock {
  readonly text?: string;
  readonly image?: { readonly format: string; readonly source: { readonly bytes?: string } };
  readonly document?: {
    readonly format?: string;
    readonly name: string;
    readonly source: { readonly bytes?: string; readonly text?: string };
  };
  readonly toolUse?: ToolUse;
  readonly toolResult?: ToolResult;
  readonly reasoningContent?: unknown;
  readonly guardContent?: GuardContent;
  readonly cachePoint?: CachePoint;
}

/** What the guardrail is to judge; the model reads it as if it stood there without. */
export interface GuardContent {
  readonly text?: { readonly text: string; readonly qualifiers?: readonly string[] };
  readonly image?: ContentBlock['image'];
}

export interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}

export interface ToolResult {
  readonly toolUseId: string;
  readonly status?: 'success' | 'error';
  readonly content: readonly ToolResultContent[];
}

export interface ToolResultContent {
  readonly text?: string;
  readonly json?: unknown;
  readonly image?: ContentBlock['image'];
  readonly document?: ContentBlock['document'];
}

export interface SystemBlock {
  readonly text?: string;
  readonly guardContent?: GuardContent;
  readonly cachePoint?: CachePoint;
}

export interface CachePoint {
  readonly type: string;
  readonly ttl?: '5m' | '1h';
}

export interface ToolEntry {
  readonly toolSpec?: ToolSpec;
  readonly cachePoint?: CachePoint;
}

export interface ToolSpec {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: { readonly json?: unknown };
}

export interface ToolChoice {
  readonly auto?: unknown;
  readonly any?: unknown;
  readonly tool?: { readonly name: string };
}

export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'guardrail_intervened'
  | 'content_filtered'
  | 'malformed_model_output'
  | 'malformed_tool_use'
  | 'model_context_window_exceeded';
