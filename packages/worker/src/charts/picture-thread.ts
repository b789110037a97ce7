import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from './chart.ts';
import { drawnNames } from './drawn-names.ts';
import { fontGlyphs } from './font-glyphs.ts';
import { fontFamily, type Picture, pictureOption } from './picture-option.ts';

/** What the thread is asked, and what it answers. */
export interface DrawRequest {
  readonly id: number;
  readonly chart: Chart;
}
export type DrawAnswer =
  | { readonly id: number; readonly png: Uint8Array; readonly drawn: readonly (readonly [name: string, drawn: string])[] }
  | { readonly id: number; readonly error: string };

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  HeatmapChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  VisualMapComponent,
  SVGRenderer,
]);

lowerPriority();

/** No font of the machine is looked for: the image has none. */
const font = readFileSync(assetPath('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'));
const canWrite = fontGlyphs(font);
await initWasm(readFileSync(assetPath('@resvg/resvg-wasm/index_bg.wasm')));

parentPort?.on('message', ({ id, chart }: DrawRequest) => {
  parentPort?.postMessage(answerTo(id, chart));
});

/** Whoever draws waits for whoever answers. On Linux that is this thread alone (setpriority(2), "C library/kernel differences"). */
function lowerPriority(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(10);
  } catch {
    // The system does not let us: it draws as fast as all else.
  }
}

function answerTo(id: number, chart: Chart): DrawAnswer {
  try {
    const { chart: writable, drawn } = drawnNames(chart, canWrite);
    return { id, png: toPng(toSvg(pictureOption(writable))), drawn: [...drawn] };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function toSvg({ option, width, height }: Picture): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    // Else 149 kB stay behind each chart, and a timer.
    chart.dispose();
  }
}

/** Twice as fine as it is wide, for screens that show so much. */
const zoom = 2;

function toPng(svg: string): Uint8Array {
  const fonts = { fontBuffers: [font], defaultFontFamily: fontFamily, sansSerifFamily: fontFamily, loadSystemFonts: false };
  const renderer = new Resvg(svg, { font: fonts, fitTo: { mode: 'zoom', value: zoom } });
  try {
    const image = renderer.render();
    const png = image.asPng();
    image.free();
    return png;
  } finally {
    renderer.free();
  }
}

/** In a bundle the file lies beside it: `scripts/bundle.ts` puts it there. */
function assetPath(specifier: string): string {
  const url = import.meta.url.endsWith('.ts') ? import.meta.resolve(specifier) : new URL(basename(specifier), import.meta.url).href;
  return fileURLToPath(url);
}
