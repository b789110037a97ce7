/** What a service takes as the environment of a function or a container. */
export interface EnvironmentLimits {
  /** Bytes of all names and values together. */
  readonly bytes: number;
  readonly variables?: number;
  /** Names that the service sets itself. */
  readonly reserved?: RegExp;
}

/** Throws for an environment that could not be deployed. Endpoints and credentials do not count: only a local system sets them. */
export function checkEnvironment(name: string, environment: Readonly<Record<string, string>>, limits: EnvironmentLimits): void {
  const entries = Object.entries(environment);
  const reserved = entries.find(([variable]) => limits.reserved?.test(variable));
  if (reserved) throw new Error(`The environment of ${name} sets ${reserved[0]}, which is reserved`);
  const deployed = entries.filter(([variable]) => !variable.startsWith('AWS_') && variable !== 'HOME');
  const bytes = deployed.reduce((sum, [variable, value]) => sum + Buffer.byteLength(variable + value), 0);
  if (bytes > limits.bytes) throw new Error(`The environment of ${name} has ${bytes} bytes of at most ${limits.bytes}`);
  if (deployed.length > (limits.variables ?? Number.POSITIVE_INFINITY)) {
    throw new Error(`The environment of ${name} has ${deployed.length} variables of at most ${limits.variables}`);
  }
}

export const lambdaLimits: EnvironmentLimits = {
  bytes: 4_096,
  reserved:
    /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_(?:SECRET_)?ACCESS_KEY.*|AWS_SESSION_TOKEN|LAMBDA_.*)$/,
};

/** Of platform version 1; version 2 takes 2.5 KB. */
export const runtimeLimits: EnvironmentLimits = { bytes: 4_096, variables: 50 };
