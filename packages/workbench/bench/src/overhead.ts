import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { startBenchSystem } from './bench-system.ts';
import type { Figure } from './main.ts';
import { milliseconds, percentile } from './table.ts';

const model = scriptedModel(() => 'A short answer of a few words, said at once.');

/** What a question costs beyond model and tools, in a session that runs already. */
export async function measureOverhead(): Promise<Figure[]> {
  await using system = await startBenchSystem(model, { worker: { sessionScope: 'workspace' } });
  for (let warmUp = 0; warmUp < 5; warmUp += 1) await system.answer('warming up');
  const alone: number[] = [];
  for (let round = 0; round < 40; round += 1) alone.push((await system.answer('a question')).milliseconds);
  const together = async (count: number) => {
    const all = await Promise.all(Array.from({ length: count }, () => system.answer('one of several')));
    return percentile(
      all.map((one) => one.milliseconds),
      0.5,
    );
  };
  // The Lambda processes that many questions at once take are started first: their cold start is another figure.
  for (let warmUp = 0; warmUp < 4; warmUp += 1) await together(20);
  const four = await together(4);
  const twenty = await together(20);
  return [
    { what: 'question, overhead beyond model and tools, p50', value: milliseconds(percentile(alone, 0.5)), goal: '≤ 120 ms' },
    { what: 'the same, p95', value: milliseconds(percentile(alone, 0.95)), goal: '' },
    { what: 'the same with four at once, p50', value: milliseconds(four), goal: '' },
    { what: 'the same with twenty at once, p50', value: milliseconds(twenty), goal: '' },
  ];
}
