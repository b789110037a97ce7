/** An `ok: false` answer, with what goes along. */
export class SlackRefusal extends Error {
  readonly code = 'slack-refusal';
  /** Slack's error name. */
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(reason: string, details: Readonly<Record<string, unknown>> = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

export function refuse(reason: string, details?: Readonly<Record<string, unknown>>): never {
  throw new SlackRefusal(reason, details);
}

/** As Slack words problems of arguments and blocks. */
export function refuseWith(reason: string, problems: readonly string[]): never {
  throw new SlackRefusal(reason, { response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) } });
}
