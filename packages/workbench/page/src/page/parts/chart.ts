import { html } from 'htm/preact';
import { type BlockRecord, isRecord } from './block-record.ts';
import { barsOf, type ChartLines, type ChartPoint, chartLinesOf, middleOf, plot, type Scale, scaleOf, slicesOf } from './chart-shapes.ts';

/** A chart of Slack's own (`data_visualization`). Whoever cannot see it is told all its numbers. */
export function ChartBlock({ block }: { readonly block: BlockRecord }) {
  const chart = chartLinesOf(block);
  const points = chart.lines.flat();
  const title = String(block.title ?? '');
  const told = `${title}: ${points.map(wordsOf).join('; ')}`;
  const axes = isRecord(block.chart) && isRecord(block.chart.axis_config) ? block.chart.axis_config : {};
  const names = chart.type === 'pie' ? chart.categories : chart.lines.map((line) => line[0]?.series ?? '');
  return html`<figure class="chart" data-testid="chart">
    <figcaption>${title}</figcaption>
    ${names.length > 1 && html`<ul class="chart-legend">${names.map((name, index) => html`<li class=${colorOf(index)}><span>${name}</span></li>`)}</ul>`}
    <svg viewBox=${chart.type === 'pie' ? '-280 -112 560 224' : '0 0 560 300'} role="img" aria-label=${told}>
      ${
        chart.type === 'pie'
          ? html`<${Pie} points=${points} />`
          : html`<${Plot} chart=${chart} x=${String(axes.x_label ?? '')} y=${String(axes.y_label ?? '')} />`
      }
    </svg>
  </figure>`;
}

function wordsOf({ series, label, value }: ChartPoint): string {
  return `${series === '' ? '' : `${series}, `}${label} ${value}`;
}

function colorOf(index: number): string {
  return `chart-color-${(index % 6) + 1}`;
}

function Pie({ points }: { readonly points: readonly ChartPoint[] }) {
  return html`${slicesOf(points).map(
    ({ path, label, value, percent }, index) =>
      html`<path d=${path} class=${colorOf(index)}><title>${label}: ${value} (${percent}%)</title></path>`,
  )}`;
}

interface PlotProps {
  readonly chart: ChartLines;
  readonly x: string;
  readonly y: string;
}

function Plot({ chart, x, y }: PlotProps) {
  const { type, categories, lines } = chart;
  const scale = scaleOf(lines.flat().map(({ value }) => value));
  const crowded = areCrowded(categories) ? { most: x === '' ? 13 : 9 } : undefined;
  return html`${scale.ticks.map(
    (
      tick,
    ) => html`<line x1=${plot.left} x2=${plot.right} y1=${scale.y(tick)} y2=${scale.y(tick)} class=${tick === 0 ? 'chart-zero' : 'chart-grid'} />
      <text x=${plot.left - 6} y=${scale.y(tick) + 4} class="chart-tick">${brief.format(tick)}</text>`,
  )}
    ${type === 'bar' ? html`<${Bars} chart=${chart} scale=${scale} />` : html`<${Lines} chart=${chart} scale=${scale} isFilled=${type === 'area'} />`}
    ${categories.map((name, index) => html`<${CategoryName} name=${name} at=${middleOf(index, categories.length)} crowded=${crowded} />`)}
    ${x !== '' && html`<text x=${(plot.left + plot.right) / 2} y="294" class="chart-axis">${x}</text>`}
    ${y !== '' && html`<text transform=${`translate(18 ${(plot.top + plot.bottom) / 2}) rotate(-90)`} class="chart-axis">${y}</text>`}`;
}

const brief = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });

/** Whether two names side by side would touch. */
function areCrowded(names: readonly string[]): boolean {
  const room = (plot.right - plot.left) / names.length;
  return names.some((name, index) => ((name.length + (names[index + 1] ?? name).length) / 2) * letterWidth + 4 > room);
}

/** Of the text of a chart, on average. */
const letterWidth = 7.6;

interface CategoryNameProps {
  readonly name: string;
  readonly at: number;
  /** How many letters there is room for, aslant. */
  readonly crowded?: { readonly most: number } | undefined;
}

function CategoryName({ name, at, crowded }: CategoryNameProps) {
  const shown = crowded && name.length > crowded.most ? `${name.slice(0, crowded.most - 1)}…` : name;
  return html`<text
    transform=${`translate(${at} ${plot.bottom + 18})${crowded ? ' rotate(-30)' : ''}`}
    class=${crowded ? 'chart-name crowded' : 'chart-name'}
  >
    ${shown}
  </text>`;
}

interface ShapesProps {
  readonly chart: ChartLines;
  readonly scale: Scale;
}

function Bars({ chart, scale }: ShapesProps) {
  return html`${barsOf(chart, scale).map(
    ({ x, y, width, height, color, ...point }) =>
      html`<rect x=${x} y=${y} width=${width} height=${height} class=${colorOf(color)}><title>${wordsOf(point)}</title></rect>`,
  )}`;
}

function Lines({ chart, scale, isFilled }: ShapesProps & { readonly isFilled: boolean }) {
  const count = chart.categories.length;
  return html`${chart.lines.map((line, index) => {
    const points = line.map(({ value }, place) => `${middleOf(place, count)},${scale.y(value)}`);
    const area = [`${middleOf(0, count)},${scale.y(0)}`, ...points, `${middleOf(count - 1, count)},${scale.y(0)}`].join(' ');
    return html`<g class=${colorOf(index)}>
      ${isFilled && html`<polygon points=${area} class="chart-area" />`}
      <polyline points=${points.join(' ')} class="chart-line" />
      ${line.map(
        (point, place) =>
          html`<circle cx=${middleOf(place, count)} cy=${scale.y(point.value)} r="3.5"><title>${wordsOf(point)}</title></circle>`,
      )}
    </g>`;
  })}`;
}
