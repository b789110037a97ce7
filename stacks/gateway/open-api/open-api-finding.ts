/** One broken rule: where (JSON pointer), what is there, why that does not work, and what to do. */
export interface OpenApiFinding {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export interface LintOptions {
  /** The gateway target's name: the tool of an operation is called `target___operationId`. */
  readonly target: string;
  /** How it reaches AgentCore: 10 MB from S3 (the default), 1 MB inline. */
  readonly source?: 's3' | 'inline';
  /** Given: only GET passes, and the operations named here, which change nothing although their method is another. */
  readonly readsOnly?: { readonly exceptFor: readonly string[] };
}

export function toText({ where, what, why, fix }: OpenApiFinding): string {
  return `#${where}  ${what}\n    why: ${why}\n    fix: ${fix}`;
}
