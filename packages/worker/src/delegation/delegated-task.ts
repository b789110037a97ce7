import type { Say } from '../tools/tool.ts';
import type { ResultSchema } from './result-schema.ts';
import type { Specialist } from './specialist.ts';
import type { Step, TaskEnd } from './task-end.ts';

/** Who wants something: the specialist, and which of its tasks. */
export interface HelperName {
  readonly name: string;
  readonly task: string;
}

/** What the result has to be; left out: a text. */
export interface ResultChecks {
  readonly result?: ResultSchema;
  /** Of a result that fits the schema: what is wrong with it all the same. `seen`: what its tools gave so far. */
  readonly problemIn?: (value: unknown, seen: readonly string[]) => string | undefined;
}

export interface DelegatedTask extends ResultChecks {
  readonly task: string;
  readonly specialist?: Specialist;
  /** All that it needs stands in the task: it has no tools, whose list would cost more than the task. */
  readonly isWithoutTools?: boolean;
  readonly model?: string;
}

export interface TaskRun {
  readonly end: TaskEnd;
  readonly steps: readonly Step[];
}

/** Runs one task; what came of it in an earlier turn of the question is there already. */
export type RunTask = (task: DelegatedTask, signal: AbortSignal, say: Say) => Promise<TaskRun>;
