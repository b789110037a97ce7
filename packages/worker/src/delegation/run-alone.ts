import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent, AgentEvent, AgentTask, Turn } from '../agent/agent.ts';
import type { Tool } from '../tools/tool.ts';
import type { ResultChecks, TaskRun } from './delegated-task.ts';
import type { ResultSchema } from './result-schema.ts';
import { failedWith, type Step, type TaskEnd } from './task-end.ts';

export interface LoneTask extends Omit<AgentTask, 'turns'>, ResultChecks {
  readonly agent: Agent;
  readonly task: string;
  /** The longest it may take, in milliseconds. */
  readonly patience: number;
  readonly onEvent: (event: AgentEvent) => void;
}

/** How often a helper may give a result that does not fit. */
const mostAttempts = 3;
/** After its end a run that does not notice it is left alone, in milliseconds: whatever it still says, nobody listens. */
const grace = 500;
const giveResult = 'give_result';

/** One task in a fresh context, to its end. Never rejects, and never takes longer than it may. */
export async function runAlone(job: LoneTask): Promise<TaskRun> {
  const tooLong = AbortSignal.timeout(job.patience);
  const signal = AbortSignal.any([job.signal, tooLong]);
  const helper = new Helper(job, signal);
  const over = new AbortController();
  const end = await Promise.race([helper.work(), afterEnd(signal, over.signal)]).finally(() => over.abort());
  if (end.kind === 'failed' && end.reason === 'stopped' && !job.signal.aborted)
    return { end: { ...end, reason: 'too-slow' }, steps: helper.steps };
  return { end, steps: helper.steps };
}

const stopped: TaskEnd = { kind: 'failed', reason: 'stopped' };

async function afterEnd(signal: AbortSignal, over: AbortSignal): Promise<TaskEnd> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else for (const one of [signal, over]) one.addEventListener('abort', () => resolve(), { once: true });
  });
  if (!over.aborted) await sleep(grace, undefined, { signal: over }).catch(() => undefined);
  return stopped;
}

class Helper {
  readonly steps: Step[] = [];
  private readonly seen: string[] = [];
  private attempts = 0;
  private problem = '';
  private given: { readonly value: unknown } | undefined;
  private readonly job: LoneTask;
  private readonly signal: AbortSignal;
  private readonly enough = new AbortController();

  constructor(job: LoneTask, signal: AbortSignal) {
    this.job = job;
    this.signal = signal;
  }

  async work(): Promise<TaskEnd> {
    const { task, result } = this.job;
    const asked = result ? `${task}\n\nGive your result by calling ${giveResult}, once, when you have all of it.` : task;
    const turns: Turn[] = [said('user', asked)];
    for (;;) {
      const end = await this.run(turns);
      const given = this.done();
      if (given) return given;
      if (!result || end.kind === 'failed') return this.isOut ? this.noResult() : end;
      // It said its result instead of giving it.
      this.take(parsed(String(end.value)));
      const saidIt = this.done();
      if (saidIt) return saidIt;
      if (this.isOut) return this.noResult();
      turns.push(said('assistant', String(end.value)), said('user', `${this.problem}. Call ${giveResult}.`));
    }
  }

  private done(): TaskEnd | undefined {
    return this.given && { kind: 'done', value: this.given.value };
  }

  private get isOut(): boolean {
    return this.attempts >= mostAttempts;
  }

  private noResult(): TaskEnd {
    return { kind: 'failed', reason: 'no-result', problem: this.problem };
  }

  /** One run of the agent: its last text, unless it ended some other way. */
  private async run(turns: readonly Turn[]): Promise<TaskEnd> {
    const { agent, tools, result, ...job } = this.job;
    const signal = AbortSignal.any([this.signal, this.enough.signal]);
    const all = result ? [...tools, this.resultTool(result)] : tools;
    let text = '';
    try {
      for await (const event of agent({ ...job, turns, tools: all, signal, agentName: 'helper' })) {
        this.note(event);
        // What it says before a call is no answer.
        if (event.kind === 'tool-started') text = '';
        if (event.kind === 'text') text += event.text;
        if (event.kind === 'ended') return endOf(event.reason, text);
      }
      return { kind: 'failed', reason: 'unexpected' };
    } catch (error) {
      return failedWith(error);
    }
  }

  private note(event: AgentEvent): void {
    if ('tool' in event && event.tool === giveResult) return;
    if (event.kind === 'tool-ended') {
      this.steps.push({ title: event.title, isError: event.isError });
      if (!event.isError) this.seen.push(event.output);
    }
    if (!this.signal.aborted) this.job.onEvent(event);
  }

  private resultTool({ schema }: ResultSchema): Tool {
    return {
      name: giveResult,
      title: 'Giving its result',
      saysOwnWords: true,
      description: 'Gives the result of your task. Call it once, at the end, with all of it.',
      inputSchema: schema,
      run: async (input) => {
        this.take(input);
        if (this.given || this.isOut) this.enough.abort('enough');
        return this.given ? { text: 'Taken.', isError: false } : { text: `This is no result yet: ${this.problem}.`, isError: true };
      },
    };
  }

  private take(input: unknown): void {
    const { result, problemIn } = this.job;
    if (!result || this.given || this.isOut) return;
    const checked = result.check(input);
    const problem = 'problem' in checked ? checked.problem : problemIn?.(checked.value, this.seen);
    if (problem === undefined && 'value' in checked) {
      this.given = checked;
      return;
    }
    this.attempts += 1;
    this.problem = problem ?? '';
  }
}

function endOf(reason: Extract<AgentEvent, { kind: 'ended' }>['reason'], text: string): TaskEnd {
  if (reason === 'cancelled') return stopped;
  if (reason !== 'completed') return { kind: 'failed', reason };
  return text.trim() === '' ? { kind: 'failed', reason: 'empty' } : { kind: 'done', value: text.trim() };
}

function said(role: Turn['role'], text: string): Turn {
  return { role, content: [{ kind: 'text', text }] };
}

/** JSON that is said, as it is or in a code block. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(/^```(?:json)?\n(.*)\n```$/s.exec(text)?.[1] ?? text);
  } catch {
    return undefined;
  }
}
