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
  /** `t1` to `t4`, or `t5` for a rule of its own. */
  readonly tier: string;
  /** Whether it reads JSON bodies. */
  readonly json: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Keys of every successful answer. */
  readonly output: readonly string[];
}

export interface ArgumentSpec {
  /** `json`: an array or object, in forms as JSON text. */
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

/** Whether Slack documents that the method may answer this error. */
export function isDocumentedError(method: string, error: string): boolean {
  return specs.anyMethod.includes(error) || (methodSpecOf(method)?.errors.includes(error) ?? false);
}
