import { type Figure, percentile } from '../figures.ts';
import { type LoadResult, runLoad } from './run-load.ts';

/** Five hundred questions over fifty threads in two minutes, with the time limits that hold in AWS. */
export async function measureLoad(): Promise<readonly Figure[]> {
  const plan = { questions: 500, threads: 50, faultRate: 0.1, questionsPerKill: 50, spacing: 250, patience: 1_800_000, seed: 1 };
  return toFigures(await runLoad(plan));
}

function toFigures({ outcomes, times, modelCalls, events }: LoadResult): Figure[] {
  const answered = outcomes.filter((all) => all.includes('answered')).length;
  const under = `${outcomes.length} questions, faults in 10 % of all calls, a worker killed for every fifty`;
  return [
    { what: `${under}: answered`, value: `${((100 * answered) / outcomes.length).toFixed(1)} %`, goal: '≥ 95 %' },
    { what: 'without an outcome', value: String(outcomes.filter(({ length }) => length === 0).length), goal: '0' },
    { what: 'with two', value: String(outcomes.filter(({ length }) => length > 1).length), goal: '0' },
    ...[0.5, 0.95, 0.99].map((share) => ({ what: `message → outcome, p${100 * share}`, milliseconds: percentile(times, share) })),
    { what: 'attempts a question', value: ((events.get('question.leased') ?? 0) / outcomes.length).toFixed(2) },
    { what: 'calls of the model a question, two where nothing fails', value: modelCalls.toFixed(2) },
  ];
}
