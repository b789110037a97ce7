import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Log } from '@vera/service-kit/log';
import type { Outgoing, OutgoingMessage } from '../attachments/outgoing.ts';
import { markAsData } from '../mark-as-data.ts';
import type { Told } from '../tools/tool.ts';
import type { Chart } from './chart.ts';
import { altText, chartWords, type DrawnNames } from './chart-words.ts';
import type { DrawPicture } from './draw-picture.ts';
import { numbersTable } from './numbers-table.ts';
import { slackChart } from './slack-chart.ts';

/** Shows a chart in the thread, in the best way that this workspace has, and tells what came of it. */
export type ShowChart = (chart: Chart, outgoing: Outgoing) => Promise<Told>;

/** One for a process: kinds of blocks that the workspace refused are not tried again. */
export function createShowChart({ draw, log }: { readonly draw: DrawPicture; readonly log: Log }): ShowChart {
  const refused = new Set<string>();

  const postBlock = async (message: OutgoingMessage, type: string, { chart, outgoing }: Showing): Promise<boolean> => {
    if (refused.has(type)) return false;
    const answer = await outgoing.post(message, chart);
    if (answer === 'shown') return true;
    refused.add(type);
    log.warn('chart.block-refused', { type });
    return false;
  };

  /** Where Slack refuses tables, too, as text alone. */
  const postNumbers = async (showing: Showing, drawn: DrawnNames, lead: string): Promise<void> => {
    const { chart, outgoing } = showing;
    const { block, left } = numbersTable(chart);
    const names = [...drawn].map(([name, written]) => `${written} in the picture is ${name}`);
    const said = contextBlocks([lead, ...left, ...chart.notes, ...names].filter((line) => line !== ''));
    const text = [...(lead === '' ? [] : [`_${lead}_`]), chartWords(chart, drawn)].join('\n');
    if (await postBlock({ text, blocks: [block, ...said] }, 'data_table', showing)) return;
    await outgoing.post({ text, blocks: [] }, chart);
  };

  return async (chart, outgoing) => {
    const showing = { chart, outgoing };
    const block = slackChart(chart);
    if (
      block &&
      (await postBlock({ text: chartWords(chart), blocks: [block, ...contextBlocks(chart.notes)] }, 'data_visualization', showing))
    ) {
      return { text: shownWords(chart, 'as a chart of Slack’s own'), told: 'a chart' };
    }
    const picture = await draw(chart).catch((error: unknown) => {
      log.warn('chart.not-drawn', { error });
      return undefined;
    });
    const isThere = picture !== undefined && (await outgoing.share({ name: 'chart.png', bytes: picture.png, altText: altText(chart) }));
    await postNumbers(showing, picture?.drawn ?? new Map(), isThere ? '' : lostWords);
    if (!isThere) return { text: `The picture could not be shown. ${tableWords}`, told: 'only its numbers' };
    return { text: shownWords(chart, 'as a picture, with its numbers in a table below'), told: 'a picture' };
  };
}

interface Showing {
  readonly chart: Chart;
  readonly outgoing: Outgoing;
}

const lostWords = 'The chart itself could not be shown here, so these are its numbers.';
const tableWords =
  'Its numbers stand in the thread as a table instead: say so, do not say that there is a chart, and do not repeat the numbers.';

/** What has to be said with the numbers may come from a file, so it stands as data. */
function shownWords({ notes }: Chart, how: string): string {
  const words = `The chart stands in the thread below your answer, ${how}. Say what it shows; do not repeat its numbers.`;
  return notes.length === 0 ? words : `${words} Say with it:\n${markAsData(notes.join('\n'), 'its table')}`;
}

/** None where there is nothing to say. */
function contextBlocks(lines: readonly string[]): Readonly<Record<string, unknown>>[] {
  const text = escapeText(shorten(lines.join('\n'), textLimits.textObject, { sizeOf: (part) => escapeText(part).length }));
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text }] }];
}
