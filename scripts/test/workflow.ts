import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');

export interface Step {
  readonly env?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly 'runs-on'?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
}

export interface Workflow {
  /** Its name within the folder. */
  readonly file: string;
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(file: string, text: string): Workflow {
  return { ...(parse(text) as Omit<Workflow, 'file' | 'text'>), file, text };
}

export function workflows(): Workflow[] {
  return globSync('*.{yml,yaml}', { cwd: folder })
    .sort()
    .map((file) => readWorkflow(file, readFileSync(join(folder, file), 'utf8')));
}

export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}
