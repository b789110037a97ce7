import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { argument } from '../tools/told-text.ts';
import { type Tool, ToolFailure, tool } from '../tools/tool.ts';
import type { ResultChecks, RunTask } from './delegated-task.ts';
import { findingsSchema, problemInFindings, toldFindings } from './findings.ts';
import type { Specialist } from './specialist.ts';
import { type Step, toldEnd } from './task-end.ts';

export interface DelegateParams {
  readonly run: RunTask;
  readonly specialists: readonly Specialist[];
  /** Their names; the first is taken unless told. */
  readonly models: readonly string[];
}

/** Hands a task to a helper with a context of its own: what it reads costs nothing here, only what it gives back. */
export function delegate({ run, specialists, models }: DelegateParams): Tool {
  const names = specialists.map(({ name }) => name);
  const known = specialists.map(({ name, description }) => `${name}: ${description}`).join(' ');
  return tool({
    name: 'delegate',
    title: 'Asking a helper',
    isSending: true,
    description:
      'Gives one task to a helper that works on it alone, with tools like yours and none of this conversation before it, and returns its result. ' +
      'Use it for what takes much reading, and call it several times at once for parts that do not need each other. ' +
      `Specialists, for their kind of work: ${known} A helper that fails gives no result: ask once more or say what is missing.`,
    inputSchema: z.object({
      task: z
        .string()
        .min(1)
        .max(8_000)
        .describe('All that the helper has to know: what to find out, where, and what to give back. It sees nothing else'),
      ...(names.length === 0 ? {} : { specialist: z.enum(names).optional().describe('Left out: a helper for anything') }),
      ...(models.length < 2 ? {} : { model: z.enum(models).optional().describe(`Its language model; ${models[0]} unless told`) }),
      schema: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('JSON Schema of one object, where the result is to be data instead of a text'),
    }),
    details: argument('task'),
    async callback({ task, schema, ...chosen }, signal, say) {
      const { specialist: name, model } = chosen as { specialist?: string; model?: string };
      const specialist = specialists.find((one) => one.name === name);
      const asked = {
        task,
        ...(specialist ? { specialist } : {}),
        ...(model === undefined ? {} : { model }),
        ...(await checksOf(specialist, schema)),
      };
      const { end, steps } = await run(asked, signal, say);
      if (end.kind === 'failed') throw new ToolFailure(toldEnd(end, steps));
      const text = 'problemIn' in asked ? toldFindings(end.value, failedIn(steps)) : toText(end.value);
      // It read what others wrote, and may have been talked into something.
      return { text: markAsData(text, `the helper ${specialist?.name ?? ''}`.trim()), told: 'done' };
    },
  });
}

async function checksOf(specialist: Specialist | undefined, schema: unknown): Promise<ResultChecks> {
  const isFinder = specialist?.answersWith === 'findings' && schema === undefined;
  if (!isFinder && schema === undefined) return {};
  const { resultSchema } = await import('./result-schema.ts');
  if (isFinder) return { result: resultSchema(findingsSchema), problemIn: problemInFindings };
  return { result: resultSchema(schema) };
}

function failedIn(steps: readonly Step[]): string[] {
  return steps.flatMap(({ title, isError }) => (isError ? [title] : []));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
