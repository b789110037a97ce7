import { periodOf } from '../cost/period.ts';
import { placeOf } from '../place.ts';
import { readReport } from './read-report.ts';
import { renderReport } from './render-report.ts';
import { reportStyle } from './report-style.ts';

/**
 * The report of the system that keeps its conversations there, of the last seven days, made when it is looked at; without words of
 * anybody's, for what is asked there may be somebody's own.
 */
export function ownersReport(data: string) {
  return {
    style: reportStyle,
    async html(styleUrl: string): Promise<string> {
      const [place, now] = [placeOf({ data }), Date.now()];
      const report = await readReport({ place, period: periodOf({}, now), now, withText: false, withNames: true });
      return renderReport(report, { title: 'What Vera did', styleUrl });
    },
  };
}
