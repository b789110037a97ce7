import { createHash } from 'node:crypto';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { Agent, AgentEvent, MadeCall } from '../agent/agent.ts';
import { logEvent } from '../agent/log-event.ts';
import type { Budget } from '../budget/budget.ts';
import type { TableShelf } from '../tables/table.ts';
import { toldText } from '../tools/told-text.ts';
import type { Say, Tool } from '../tools/tool.ts';
import { Turnstile } from '../turnstile.ts';
import { delegate } from './delegate.ts';
import { delegateRows } from './delegate-rows.ts';
import type { DelegatedTask, HelperName, RunTask, TaskRun } from './delegated-task.ts';
import { delegatedTools } from './delegated-tools.ts';
import { runAlone } from './run-alone.ts';
import type { HelperFiles } from './specialist.ts';
import type { TaskEnd } from './task-end.ts';

export interface DelegationParams extends HelperFiles {
  /** The models that helpers may use, by the names under which they are chosen; the first one unless told. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** The longest one may take, in milliseconds. */
  readonly patience: number;
}

/** The question they work for. */
export interface HelpedQuestion {
  readonly question: Pick<Question, 'id'>;
  readonly log: Log;
  readonly tables: TableShelf;
  /** Of all that is done for the question. */
  readonly budget: Budget;
  /** All that the question may use; what is proposed with them says that `helper` wants it. */
  readonly toolsFor: (helper: HelperName) => readonly Tool[];
  /** What was done for this very task in an earlier turn and is not done again. */
  readonly madeFor: (helper: HelperName) => readonly MadeCall[];
}

export interface Delegation {
  /** For the run that answers. */
  readonly budget: Budget;
  readonly tools: readonly Tool[];
}

/** Model calls of one run: a loop ends, whatever is left for the question. */
const mostCalls = { answer: 20, helper: 12 };
const mostToolCalls = 40;
/** Helpers at once. */
const mostAtOnce = 5;
/** Results that are kept while a question waits for a person: a pause ends the run, and what its helpers did is not asked again. */
const mostKept = 200;
/** Tokens that are left for the answer, beside those its latest call took: the helpers' results, and what is said of them. */
const forAnswer = 20_000;

/** Made once in a process; gives what one turn at a question works with. */
export function createDelegation(params: DelegationParams): (asked: HelpedQuestion) => Delegation {
  const { agents, specialists, common, patience } = params;
  const kept = new Map<string, TaskRun>();
  return ({ question, log, tables, budget: whole, toolsFor, madeFor }) => {
    const answer = whole.share({ calls: mostCalls.answer, toolCalls: mostToolCalls });
    // None takes twice its patience: a place is given free by its run.
    const places = new Turnstile({ most: mostAtOnce, longest: 2 * patience });
    const run: RunTask = async (asked, signal, say) => {
      const { task, result, problemIn } = asked;
      const { name, model, prompt, patterns } = kindOf(asked);
      const key = createHash('sha256')
        .update(JSON.stringify([question.id, task, name, result?.schema]))
        .digest('hex');
      const before = kept.get(key);
      if (before) return before;
      const helper = { name, task: key.slice(0, 16) };
      const agent = agents.get(model) ?? [...agents.values()][0];
      const leave = await places.enter(signal);
      try {
        if (!agent || signal.aborted) return { end: { kind: 'failed', reason: 'stopped' }, steps: [] };
        const ran = await runAlone({
          ...(result ? { result } : {}),
          ...(problemIn ? { problemIn } : {}),
          agent,
          task,
          patience,
          signal,
          systemPrompt: { stable: [common, ...prompt].join('\n\n'), situation: '' },
          tools: delegatedTools(toolsFor(helper), patterns, task),
          made: madeFor(helper),
          budget: whole.share({ calls: mostCalls.helper, toolCalls: mostToolCalls }, () => ({
            calls: 1,
            tokens: answer.latestCall + forAnswer,
          })),
          onEvent: (event) => follow(event, log.with({ helper: helper.name }), say),
        });
        if (ran.end.kind === 'done') keep(kept, key, ran);
        log.info('helper.ended', { helper: helper.name, task: helper.task, end: endName(ran.end) });
        return ran;
      } finally {
        leave();
      }
    };
    return { budget: answer, tools: [delegate({ run, specialists, models: [...agents.keys()] }), delegateRows({ run, tables })] };
  };
}

function kindOf({ specialist, isWithoutTools, model }: DelegatedTask) {
  return {
    name: specialist?.name ?? 'helper',
    model: model ?? specialist?.model ?? '',
    prompt: specialist ? [specialist.prompt] : [],
    patterns: isWithoutTools ? [] : (specialist?.tools ?? ['*']),
  };
}

function keep(kept: Map<string, TaskRun>, key: string, run: TaskRun): void {
  kept.set(key, run);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}

function endName(end: TaskEnd): string {
  return end.kind === 'done' ? 'done' : end.reason;
}

const waiting = 'waits, as the language model has more requests than it can take';

/** What a helper does stands in the log as what the answer does, and on its card for whoever reads along. */
function follow(event: AgentEvent, log: Log, say: Say): void {
  logEvent(log, event);
  if (event.kind === 'tool-started') say(toldText([event.title, event.details].filter(Boolean).join(' ')));
  if (event.kind === 'model-retried' && event.code === 'throttled') say(waiting);
}
