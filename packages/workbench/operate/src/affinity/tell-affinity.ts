import { columns } from '../cost/columns.ts';
import { told } from '../cost/told.ts';
import { type Asked, adviceOf, idleTimes, type Replayed, replay, replayOnLambda, scopes } from './replay.ts';

export interface Affinity {
  readonly questions: number;
  readonly platform: 'v1' | 'v2';
  readonly replayed: readonly Replayed[];
  readonly lambda: ReturnType<typeof replayOnLambda>;
  readonly advice: string | undefined;
}

export function affinityOf(asked: readonly Asked[], platform: 'v1' | 'v2', functionGigabytes: number): Affinity {
  const replayed = scopes.flatMap((scope) => idleTimes.map((idleSeconds) => replay(asked, scope, idleSeconds)));
  const lambda = replayOnLambda(asked, functionGigabytes);
  return { questions: asked.length, platform, replayed, lambda, advice: adviceOf(replayed, platform, lambda.dollars)?.words };
}

export function tellAffinity({ questions, platform, replayed, lambda, advice }: Affinity): string {
  if (questions === 0) return 'No question was answered then: there is nothing to replay.\n';
  const parts = [
    table('Sessions started', replayed, ({ starts }) => String(starts)),
    ...(['v1', 'v2'] as const).flatMap((on) => [
      table(`GB hours on ${on.toUpperCase()}`, replayed, ({ gigabyteHours }) => gigabyteHours[on].toFixed(2)),
      table(`Dollars on ${on.toUpperCase()}`, replayed, ({ dollars }) => told(dollars[on], 4)),
    ]),
    `On Lambda, whatever the scope: ${lambda.gigabyteHours.toFixed(2)} GB hours, ${told(lambda.dollars, 4)}.`,
    chart(replayed, platform, lambda.dollars),
  ];
  return `${questions} questions, replayed.\n\n${parts.join('\n\n')}\n\n${advice ?? ''}
What a session holds is taken to be the same however many share it (docs/cost.md).\n`;
}

function table(title: string, replayed: readonly Replayed[], cell: (one: Replayed) => string): string {
  const rows = scopes.map((scope) => [scope, ...replayed.filter((one) => one.scope === scope).map(cell), '']);
  return columns([[title, ...idleTimes.map(wordsOf), ''], ...rows]);
}

const width = 40;

/** Of each scope its cheapest idle time, and Lambda. */
function chart(replayed: readonly Replayed[], platform: 'v1' | 'v2', lambda: number): string {
  const bars = scopes.map((scope) => {
    const [best] = replayed.filter((one) => one.scope === scope).toSorted((one, other) => one.dollars[platform] - other.dollars[platform]);
    return { label: `${scope}, ${wordsOf(best?.idleSeconds ?? 0)}`, dollars: best?.dollars[platform] ?? 0 };
  });
  const all = [...bars, { label: 'Lambda', dollars: lambda }];
  const [most, longest] = [Math.max(...all.map(({ dollars }) => dollars)), Math.max(...all.map(({ label }) => label.length))];
  const lines = all.map(({ label, dollars }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((dollars / most) * width)));
    return `${label.padEnd(longest)}  ${bar.padEnd(width)}  ${told(dollars, 4)}`;
  });
  return `Each scope at its cheapest, on ${platform.toUpperCase()}\n${lines.join('\n')}`;
}

function wordsOf(seconds: number): string {
  return seconds < 3_600 ? `${seconds} s` : `${seconds / 3_600} h`;
}
