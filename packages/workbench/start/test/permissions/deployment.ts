import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Statement } from '@vera/aws-stand-in/iam/statement';

/** The roles of an environment, as the stacks will have them made. */
export interface Deployment extends Place {
  readonly roles: readonly Role[];
  /** The ARN of each table and secret, and of the key it is encrypted with. */
  readonly keys: Readonly<Record<string, string>>;
  /** Where Lambda puts what a function failed at for good, by the function's stack. */
  readonly failuresQueues: Readonly<Record<string, string>>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface Role {
  /** The component whose role it is. */
  readonly stack: string;
  readonly name: string;
  readonly statements: readonly Grant[];
  /** What the component's code is given; undefined where only AWS or GitHub take the role on. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A statement, with the stack's own reason for it where there is one. */
export type Grant = Statement & { readonly because?: string };

const command = fileURLToPath(new URL('../../../../../stacks/test/permissions/print-deployment.ts', import.meta.url));

/** Synthesises the stacks in a process of their own: nothing here may know how they are made. */
export async function readDeployment(environment: string): Promise<Deployment> {
  const { stdout } = await promisify(execFile)(process.execPath, [command, environment], { maxBuffer: 10_000_000 });
  return JSON.parse(stdout) as Deployment;
}
