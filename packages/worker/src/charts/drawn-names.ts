import type { Chart } from './chart.ts';
import type { DrawnNames } from './chart-words.ts';
import type { CanWrite } from './font-glyphs.ts';

/** Joiners and variants show nothing by themselves, and nothing beside a character that is not there. */
const silent = /\p{Default_Ignorable_Code_Point}/u;

export interface DrawnChart {
  /** With texts that the font can write. */
  readonly chart: Chart;
  readonly drawn: DrawnNames;
}

/**
 * What the font lacks comes out as a box, and two names of boxes are the same name. So a name that cannot be written whole is numbered in the
 * picture, with what can be written of it: `#2 office`. The words beside the picture say what it stands for.
 */
export function drawnNames(chart: Chart, canWrite: CanWrite): DrawnChart {
  const names = [...new Set([...chart.categories, ...chart.series.map(({ name }) => name)])];
  const lacking = names.filter((name) => written(name, canWrite) !== name);
  const drawn = new Map(lacking.map((name, index) => [name, `#${index + 1} ${written(name, canWrite)}`.trim()]));
  const nameOf = (name: string) => keyable(drawn.get(name) ?? name);
  const label = (text: string | undefined) => (text === undefined ? '' : keyable(written(text, canWrite)));
  const [xLabel, yLabel, unit] = [label(chart.xLabel), label(chart.yLabel), label(chart.unit)];
  const { xLabel: _x, yLabel: _y, unit: _u, ...rest } = chart;
  return {
    drawn,
    chart: {
      ...rest,
      title: label(chart.title),
      categories: chart.categories.map(nameOf),
      series: chart.series.map(({ name, values }) => ({ name: nameOf(name), values })),
      ...(xLabel === '' ? {} : { xLabel }),
      ...(yLabel === '' ? {} : { yLabel }),
      ...(unit === '' ? {} : { unit }),
    },
  };
}

/** echarts keeps texts as keys of plain objects, where `__proto__` and others lead somewhere else: a space that nobody sees tells them apart. */
function keyable(text: string): string {
  return text in {} ? `${text}\u00a0` : text;
}

function written(text: string, canWrite: CanWrite): string {
  const kept = [...text].filter((character) => !silent.test(character) && canWrite(character.codePointAt(0) ?? 0));
  return kept.length === [...text].length ? text : kept.join('').replace(/ +/g, ' ').trim();
}
