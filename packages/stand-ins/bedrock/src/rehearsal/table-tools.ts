export const queryTool = 'query_table';
export const chartTool = 'draw_chart';

/** The reference under which the rows of a result can be worked on. */
export function tableOf(result: string): string | undefined {
  return /The (?:result is|rows are) (table-\d+)/.exec(result)?.[1];
}

/** What has to be said with the numbers of a result. */
export function notesIn(result: string): string[] {
  return [...result.matchAll(/^Note: (.*)$/gm)].map(([, note]) => `_${note}_`);
}
