import { measureCharts } from './charts.ts';
import { measureColdStarts } from './cold-starts.ts';
import { measureConversations } from './conversations.ts';
import { measureDeaths } from './deaths.ts';
import { bareNode, type Figure, toTable } from './figures.ts';
import { measureFiles } from './files.ts';
import { measureFirstAnswers } from './first-answers.ts';
import { measureFirstStatuses } from './first-statuses.ts';
import { measureLoad } from './load/measure-load.ts';
import { measureQuestions, measureResources } from './questions.ts';
import { measureStops } from './stops.ts';

const measures: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'cold-starts': measureColdStarts,
  'first-answers': measureFirstAnswers,
  'first-statuses': measureFirstStatuses,
  questions: measureQuestions,
  stops: measureStops,
  conversations: measureConversations,
  files: measureFiles,
  charts: measureCharts,
  deaths: measureDeaths,
  resources: measureResources,
  load: measureLoad,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in measures));
if (unknown.length > 0) {
  process.stderr.write(`There is no measure ${unknown.join(', ')}, but: ${Object.keys(measures).join(', ')}\n`);
  process.exit(2);
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
