import { measureColdStarts } from './cold-starts.ts';
import { measureConversations } from './conversations.ts';
import { measureMemory } from './memory.ts';
import { measureOverhead } from './overhead.ts';
import { toTable } from './table.ts';

/** One line of the printed table. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly goal: string;
}

const figures: Figure[] = [];
for (const measure of [measureColdStarts, measureOverhead, measureConversations, measureMemory]) {
  process.stderr.write(`${measure.name} …\n`);
  figures.push(...(await measure()));
}
process.stdout.write(`${toTable(figures)}\n`);
process.exit(0);
