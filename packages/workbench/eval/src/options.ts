import type { WithoutReport } from './without/play-without.ts';

/** What `pnpm eval` is asked for; plain data, for it crosses into the processes that play the cases. */
export interface EvalOptions {
  /** `replay`: nothing is sent anywhere. `update`: the same, and keys of recordings are written anew. */
  readonly mode: 'replay' | 'update' | 'record' | 'without';
  /** Any difference to what was recorded fails a case. */
  readonly isStrict: boolean;
  readonly live?: LiveModel;
  /** Where the recordings are. */
  readonly recordings: string;
}

/** A model that costs money. */
export type LiveModel =
  | { readonly kind: 'open-ai'; readonly url: string; readonly model: string; readonly apiKey?: string }
  | {
      readonly kind: 'bedrock';
      readonly modelId: string;
      readonly region: string;
      readonly credentials: Credentials;
      readonly endpoint?: string;
    };

/** Read before the stand-ins' own are set. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    eval: EvalOptions;
  }
  interface TaskMeta {
    /** What a case tells the report. */
    eval?: CaseReport;
    /** What a case tells of the sentences that it went by. */
    without?: WithoutReport;
  }
}

export interface CaseReport {
  readonly modelCalls: number;
  readonly tokens: number;
  /** In dollars; undefined for a model without a price. */
  readonly dollars: number | undefined;
  readonly milliseconds: number;
  /** What the models were told in it, whatever was asked. */
  readonly told: Readonly<Record<string, readonly string[]>>;
  readonly differences: readonly { readonly part: string; readonly before: string; readonly now: string }[];
}
