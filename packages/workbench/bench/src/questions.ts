import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { startBenchSystem } from './bench-system.ts';
import { type Figure, percentile } from './figures.ts';
import { quickModel } from './quick-model.ts';

/** What a question costs beyond model and tools, in a session that runs already. */
export async function measureQuestions(): Promise<Figure[]> {
  await using system = await startBenchSystem(quickModel, { worker: { sessionScope: 'workspace' } });
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
  return [
    { what: 'question, overhead beyond model and tools, p50', milliseconds: percentile(alone, 0.5), goal: '≤ 120 ms' },
    { what: 'the same, p95', milliseconds: percentile(alone, 0.95) },
    { what: 'the same with four at once, p50', milliseconds: await together(4) },
    { what: 'the same with twenty at once, p50', milliseconds: await together(20) },
  ];
}

const searching = scriptedModel((request) => {
  const isSearched = JSON.stringify(request.messages.at(-1)).includes('toolResult');
  return isSearched ? 'The tray is at the back [1]. '.repeat(20) : [{ call: 'search_knowledge_base', input: { query: 'paper jam' } }];
});

/** What the worker's process takes of processor and memory: for 50 questions with a search each, then for 450 more. */
export async function measureResources(): Promise<Figure[]> {
  await using system = await startBenchSystem(searching, { worker: { sessionScope: 'workspace' } });
  const ask = async (questions: number) => {
    for (let done = 0; done < questions; done += 10) await Promise.all(Array.from({ length: 10 }, () => system.answer('paper jam?')));
  };
  await ask(50);
  const { pid } = system.worker();
  const [early, before] = [megabytesOf(pid), processorTimeOf(pid)];
  await ask(450);
  const [late, after] = [megabytesOf(pid), processorTimeOf(pid)];
  const what = 'worker, processor time of a question with one search';
  return [
    before === undefined || after === undefined ? { what, value: 'not known here' } : { what, milliseconds: (after - before) / 450 },
    { what: 'worker memory after 50 questions', value: `${Math.round(early)} MB` },
    { what: 'worker memory after 500 questions', value: `${Math.round(late)} MB (${(late / early).toFixed(2)} ×)`, goal: '≤ 1.3 ×' },
  ];
}

/** Resident. */
function megabytesOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

/** User and system time so far, in milliseconds; undefined where there is no `/proc`. */
function processorTimeOf(pid: number): number | undefined {
  try {
    // After the name in brackets, which may hold anything. Linux counts in hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
