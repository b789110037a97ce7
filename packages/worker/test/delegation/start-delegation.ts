import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { createLog } from '@vera/service-kit/log';
import type { MadeCall } from '../../src/agent/agent.ts';
import { Budget, type Limits } from '../../src/budget/budget.ts';
import { createDelegation, type DelegationParams } from '../../src/delegation/create-delegation.ts';
import type { TableShelf } from '../../src/tables/table.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { type Ran, type StartAgentOptions, startAgent } from '../agent/start-agent.ts';

const common = 'You are a helper.';

export interface Asked {
  /** The task that a helper was given, with all that was said to it since; undefined: this is the run that answers. */
  readonly task: string | undefined;
  /** Results of tools so far, oldest first. */
  readonly results: readonly { readonly id: string; readonly status: string; readonly text: string }[];
  readonly request: ConverseRequest;
}

export interface StartDelegationOptions
  extends Partial<Omit<DelegationParams, 'agents' | 'common'>>,
    Pick<StartAgentOptions, 'maxTokens' | 'retry' | 'guardrail'> {
  /** Of the question. */
  readonly limits?: Partial<Limits>;
  readonly tools?: readonly Tool[] | ((tables: TableShelf) => readonly Tool[]);
  readonly made?: readonly MadeCall[];
}

/** A question with helpers, whose model follows a script: one for the answer and one for its helpers. */
export async function startDelegation(script: (asked: Asked) => ScriptedTurn, options: StartDelegationOptions = {}) {
  const { tools: given = [], made = [], maxTokens, retry, guardrail, limits, ...params } = options;
  const agent = await startAgent((request) => script(askedIn(request)), {
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(retry ? { retry } : {}),
    ...(guardrail ? { guardrail } : {}),
  });
  const tables = createTableShelf();
  const tools = typeof given === 'function' ? given(tables) : given;
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  const helpersOf = createDelegation({
    agents: new Map([['main', agent.agent]]),
    common,
    specialists: [],
    patience: 10_000,
    ...params,
  });
  const answer = async (task: Parameters<typeof agent.run>[0] = {}): Promise<Ran> => {
    const helpers = helpersOf({
      question: { id: 'Q1' },
      log,
      tables,
      budget: new Budget({ calls: 60, tokens: 600_000, ...limits }),
      toolsFor: () => tools,
      madeFor: () => made,
    });
    return agent.run({ tools: [...tools, ...helpers.tools], budget: helpers.budget, ...task });
  };
  return {
    ...agent,
    lines,
    tables,
    answer,
    /** What the run that answers got back, in the order of its calls. */
    results: () => askedIn(agent.bedrock.requests.filter((request) => askedIn(request).task === undefined).at(-1)).results,
    helperRequests: () => agent.bedrock.requests.filter((request) => askedIn(request).task !== undefined),
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

function askedIn(request: ConverseRequest | undefined): Asked {
  if (!request) throw new Error('Nothing was asked');
  const content = request.messages.flatMap((message) => message.content);
  const isHelper = request.system?.[0]?.text?.startsWith(common) ?? false;
  const results = content.flatMap(({ toolResult }) =>
    toolResult ? [{ id: toolResult.toolUseId, status: toolResult.status ?? '', text: toolResult.content[0]?.text ?? '' }] : [],
  );
  const said = request.messages.flatMap(({ role, content: parts }) => (role === 'user' ? parts.flatMap(({ text }) => text ?? []) : []));
  return { task: isHelper ? said.join('\n') : undefined, results, request };
}

/** Several calls of `delegate` in one turn, as ids `id-1`, `id-2`, …; afterwards the answer. */
export function delegating(...tasks: readonly (string | Readonly<Record<string, unknown>>)[]) {
  const calls = tasks.map((task, index) => ({
    call: 'delegate',
    toolUseId: `id-${index + 1}`,
    input: typeof task === 'string' ? { task } : task,
  }));
  return ({ results }: Asked): ScriptedTurn => (results.length === 0 ? calls : 'Answered.');
}
