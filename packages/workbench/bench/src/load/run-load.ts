import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { questionIdOf } from '@vera/protocol/question';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { Random } from '@vera/stand-in-kit/random';
import type { SystemOptions } from '@vera/start/start-system';
import { type BenchSystem, startBenchSystem } from '../bench-system.ts';
import { faultsAtRate } from './faults-at-rate.ts';

export interface LoadPlan {
  readonly questions: number;
  readonly threads: number;
  /** Of all calls. */
  readonly faultRate: number;
  /** One worker is killed for so many questions. */
  readonly questionsPerKill: number;
  /** Between two questions, in milliseconds. */
  readonly spacing: number;
  /** How long the last outcome is waited for, in milliseconds. */
  readonly patience: number;
  readonly seed: number;
  readonly system?: Partial<SystemOptions>;
}

export interface LoadResult {
  /** Of each question, the outcomes that its thread shows. */
  readonly outcomes: readonly (readonly string[])[];
  /** From each message to its first outcome, in milliseconds. */
  readonly times: readonly number[];
  /** Calls of the model for each question. */
  readonly modelCalls: number;
  /** Events of the logs, by how often. */
  readonly events: ReadonlyMap<string, number>;
}

const answer = 'The tray is at the back, behind the lid [1]. '.repeat(6);

/** Searches, then answers over a second. */
const model = scriptedModel(({ messages }) => {
  const isSearched = JSON.stringify(messages.at(-1)).includes('toolResult');
  if (!isSearched) return [{ call: 'search_knowledge_base', input: { query: 'paper jam' } }];
  return [{ say: answer, pieceLength: 40, pauseMilliseconds: 120 }];
});

/** Questions in many threads at once, while calls fail and workers die. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const random = new Random(plan.seed);
  const events = new Map<string, number>();
  await using system = await startBenchSystem(model, {
    ...plan.system,
    onLog({ component, line }) {
      plan.system?.onLog?.({ component, line });
      const event = /"event":"([^"]+)"/.exec(line)?.[1] ?? '';
      events.set(event, (events.get(event) ?? 0) + 1);
    },
  });
  const seen = watchOutcomes(system);
  faultsAtRate(system, plan.faultRate, random);
  const roots: string[] = [];
  const asked: string[] = [];
  for (let index = 0; index < plan.questions; index += 1) {
    const threadTs = roots[index % plan.threads];
    // Never the same person twice in a thread: their second message would be answered with their first.
    const user = `U0BENCH${((index % plan.threads) + Math.floor(index / plan.threads)) % 20}`;
    const person = { user, channel: 'C0BENCH', text: `<@U0VERA> paper jam ${index}?` };
    const { ts } = system.slack.post(threadTs === undefined ? person : { ...person, threadTs });
    seen.ask(ts, threadTs ?? ts);
    asked.push(ts);
    if (threadTs === undefined) roots.push(ts);
    if (index % plan.questionsPerKill === plan.questionsPerKill - 1) killOne(system, random);
    await sleep(plan.spacing);
  }
  const end = performance.now() + plan.patience;
  while (performance.now() < end && asked.some((ts) => !seen.times.has(ts))) await sleep(50);
  // Time for what would come twice.
  await sleep(2_000);
  return {
    outcomes: asked.map((ts) => seen.outcomesOf(ts)),
    times: [...seen.times.values()],
    modelCalls: system.bedrock.requests.length / plan.questions,
    events,
  };
}

function killOne({ agentCore }: BenchSystem, random: Random): void {
  const [first, ...others] = agentCore.sessions;
  if (first) agentCore.kill(random.pick([first, ...others]).id, 'SIGKILL');
}

/** What stands in the threads at the end counts, as a message that came too late is taken away. */
function watchOutcomes({ slack }: BenchSystem) {
  const asked = new Map<string, { readonly id: string; readonly threadTs: string; readonly at: number }>();
  const times = new Map<string, number>();
  const byId = new Map<string, string>();
  slack.onChange((change) => {
    if (change.kind !== 'message') return;
    const ts = byId.get(outcomeIn(change.message)?.question ?? '');
    const question = ts === undefined ? undefined : asked.get(ts);
    if (ts !== undefined && question && !times.has(ts)) times.set(ts, performance.now() - question.at);
  });
  return {
    times,
    ask(ts: string, threadTs: string) {
      const id = questionIdOf({ teamId: slack.workspace.teamId, channelId: 'C0BENCH', messageTs: ts });
      asked.set(ts, { id, threadTs, at: performance.now() });
      byId.set(id, ts);
    },
    outcomesOf(ts: string): readonly string[] {
      const { id, threadTs } = asked.get(ts) ?? { id: '', threadTs: ts };
      return slack.messages('C0BENCH', threadTs).flatMap((message) => {
        const found = outcomeIn(message);
        return found?.question === id ? [found.outcome] : [];
      });
    },
  };
}

function outcomeIn({ metadata }: SlackMessage): { readonly question: string; readonly outcome: string } | undefined {
  const { question, outcome } = metadata?.event_payload ?? {};
  return typeof question === 'string' && typeof outcome === 'string' ? { question, outcome } : undefined;
}
