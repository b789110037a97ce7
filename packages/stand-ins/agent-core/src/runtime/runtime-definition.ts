/** An AgentCore runtime as its stack would declare it. */
export interface RuntimeDefinition {
  readonly arn: string;
  /** Its component name in logs and in the record of calls. */
  readonly name: string;
  /** Absolute path of the module that is the container's main. */
  readonly entry: string;
  /** All the worker sees, beside `PORT`, `HOST` and what the platform sets by itself. */
  readonly environment: Readonly<Record<string, string>>;
  /** V1 starts a process for each session; V2 restores the one that the version was made with. */
  readonly platform: 'v1' | 'v2';
  /** `hooksConfiguration.build.warmup`: its path. Of V2 only. */
  readonly warmup?: string;
  /** Endpoints by name. Default `DEFAULT` only. */
  readonly endpoints?: readonly string[];
  /** `requestHeaderAllowlist`: names, in lower case, of further headers that reach the worker. */
  readonly allowedHeaders?: readonly string[];
  /** `idleRuntimeSessionTimeout`. Default 900. */
  readonly idleSeconds?: number;
  /** Default 28,800. */
  readonly maxLifetimeSeconds?: number;
  /** How long the warm-up, and then the first healthy ping, may take. Default 120. */
  readonly bootSeconds?: number;
}

/** How sessions are watched; the same for all runtimes of an emulator. */
export interface SessionTimings {
  readonly pingEveryMilliseconds: number;
  /** A ping without an answer counts as failed after this long. Real time, whatever the clock says. */
  readonly pingTimeoutMilliseconds: number;
  /** A session ends after so many failed pings in a row. */
  readonly unhealthyAfterPings: number;
  /** Between SIGTERM and SIGKILL. */
  readonly killGraceSeconds: number;
}

export const defaultTimings: SessionTimings = {
  pingEveryMilliseconds: 2_000,
  pingTimeoutMilliseconds: 2_000,
  unhealthyAfterPings: 5,
  killGraceSeconds: 15,
};
