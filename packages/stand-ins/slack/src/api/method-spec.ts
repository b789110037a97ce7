import specs from './method-specs.generated.json' with { type: 'json' };

/** What Slack publishes about one method, distilled. */
export interface MethodSpec {
  readonly needsToken: boolean;
  readonly userTokenOnly: boolean;
  /** Beside the token. */
  readonly required: readonly string[];
  readonly args: Readonly<Record<string, ArgumentSpec>>;
  /** Any one of them is enough. */
  readonly scopes: readonly string[];
  /** `t1` to `t4`, `search`, or `t5` for a rule of its own. */
  readonly tier: string;
  /** Whether it reads JSON bodies. */
  readonly json: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Keys of every successful answer. */
  readonly output: readonly string[];
}

export interface ArgumentSpec {
  /** `json`: an array or object, in forms as JSON text; `array`: words parted by commas, or that. */
  readonly kind: string;
  readonly enum?: readonly string[];
}

const methods = specs.methods as Readonly<Record<string, MethodSpec>>;

export function methodSpecOf(method: string): MethodSpec | undefined {
  return Object.hasOwn(methods, method) ? methods[method] : undefined;
}

export function specifiedMethods(): readonly string[] {
  return Object.keys(methods);
}

/**
 * Answered by Slack, and not in its published specification: https://github.com/CopilotKit/CopilotKit/pull/6244,
 * https://github.com/adcontextprotocol/adcp/pull/4824, https://github.com/NousResearch/hermes-agent/pull/104173
 */
const ofStreams = ['msg_too_long', 'cannot_provide_both_markdown_text_and_chunks', 'streaming_mode_mismatch'];
const seenErrors: Readonly<Record<string, readonly string[]>> = {
  'chat.startStream': ofStreams,
  'chat.appendStream': ofStreams,
  'chat.stopStream': ofStreams,
};

/** Whether Slack documents, or was seen, to answer the method with this error. */
export function isDocumentedError(method: string, error: string): boolean {
  if (seenErrors[method]?.includes(error)) return true;
  return specs.anyMethod.includes(error) || (methodSpecOf(method)?.errors.includes(error) ?? false);
}
