import { bareNode, type Figure, toTable } from './figures.ts';

/** Loaded when they are taken: who asks what there is does not wait for all of them. */
const measures: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'cold-starts': async () => (await import('./cold-starts.ts')).measureColdStarts(),
  'first-answers': async () => (await import('./first-answers.ts')).measureFirstAnswers(),
  'first-statuses': async () => (await import('./first-statuses.ts')).measureFirstStatuses(),
  questions: async () => (await import('./questions.ts')).measureQuestions(),
  stops: async () => (await import('./stops.ts')).measureStops(),
  conversations: async () => (await import('./conversations.ts')).measureConversations(),
  files: async () => (await import('./files.ts')).measureFiles(),
  charts: async () => (await import('./charts.ts')).measureCharts(),
  deaths: async () => (await import('./deaths.ts')).measureDeaths(),
  resources: async () => (await import('./questions.ts')).measureResources(),
  load: async () => (await import('./load/measure-load.ts')).measureLoad(),
};

const asked = process.argv.slice(2).filter((argument) => argument !== '--');
if (asked.includes('--help') || asked.includes('-h')) {
  process.stdout.write(
    `pnpm bench [NAME …]   measures all of these but load, or those that are named, and prints a table: ${Object.keys(measures).join(', ')}\n`,
  );
  process.exit(0);
}
const unknown = asked.filter((name) => !(name in measures));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measure ${unknown.join(', ')}, but: ${Object.keys(measures).join(', ')}\n\npnpm bench --help says more.\n`,
  );
  process.exit(1);
}
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measures)) {
  // Takes many minutes, and the machine for itself.
  if (asked.length > 0 ? !asked.includes(name) : name === 'load') continue;
  process.stderr.write(`${name} …\n`);
  figures.push(...(await measure()));
}
process.stdout.write(`${toTable(figures, bareNode())}\n`);
process.exit(0);
