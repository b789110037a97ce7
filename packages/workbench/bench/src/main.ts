import { measureCharts } from './charts.ts';
import { measureColdStarts } from './cold-starts.ts';
import { measureConversations } from './conversations.ts';
import { measureDeaths } from './deaths.ts';
import { type Figure, toTable } from './figures.ts';
import { measureFiles } from './files.ts';
import { measureFirstAnswers } from './first-answers.ts';
import { measureFirstStatuses } from './first-statuses.ts';
import { measureQuestions, measureResources } from './questions.ts';
import { measureStops } from './stops.ts';

process.stderr.write('measureColdStarts …\n');
const { bareNode, figures: starts } = await measureColdStarts();
const figures: Figure[] = [...starts];
const measures = [
  measureFirstAnswers,
  measureFirstStatuses,
  measureQuestions,
  measureStops,
  measureConversations,
  measureFiles,
  measureCharts,
  measureDeaths,
  measureResources,
];
for (const measure of measures) {
  process.stderr.write(`${measure.name} …\n`);
  figures.push(...(await measure()));
}
process.stdout.write(`${toTable(figures, bareNode)}\n`);
process.exit(0);
