import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { startBenchSystem } from './bench-system.ts';
import { type Figure, pingFigure } from './figures.ts';
import { startPings } from './pings.ts';
import { shortAnswer } from './quick-model.ts';

const charts = 10;

/** Of a kind that Slack does not draw itself: each becomes a picture. */
const drawing = scriptedModel(({ messages }) => {
  const asked = JSON.stringify(messages.at(-1));
  if (asked.includes('toolResult') || !asked.includes('draw')) return shortAnswer;
  const categories = Array.from({ length: 40 }, (_, index) => `category ${index}`);
  const series = Array.from({ length: 8 }, (_, index) => ({ name: `series ${index}`, values: categories.map((_, at) => at * index + 1) }));
  return Array.from({ length: charts }, (_, index) => ({
    call: 'draw_chart',
    input: { kind: 'stacked', title: `Costs of ${2010 + index}`, data: { categories, series } },
  }));
});

/** Ten charts in one answer, none drawn before: how long `/ping` waits meanwhile. */
export async function measureCharts(): Promise<Figure[]> {
  await using system = await startBenchSystem(drawing, { worker: { sessionScope: 'workspace' } });
  for (let warmUp = 0; warmUp < 3; warmUp += 1) await system.answer('warming up');
  const pings = await startPings(system.worker().port);
  const { milliseconds } = await system.answer('draw them');
  const waits = await pings.end();
  const pictures = system.slack.messages('C0BENCH').filter(({ files = [] }) => files.some(({ name }) => name === 'chart.png'));
  return [
    { what: 'question with ten charts', milliseconds },
    pingFigure('while ten charts are drawn', waits),
    { what: 'charts that were drawn', value: String(pictures.length), goal: String(charts) },
  ];
}
