import type { Fields } from './records-in.ts';
import { tellingOf } from './telling.ts';

const well = /^(?:active|ok|operational|healthy|up|running|available)$/i;
const unwell = /^(?:critical|warning|degraded|down|disabled|maintenance|unhealthy|failed)$/i;

/** What is not well, and that the rest is; undefined unless every row says how it is. */
export function wordHealth(rows: readonly Fields[], noun: string): string | undefined {
  const told = rows.map((row) => tellingOf(row));
  const isHealth = told.length > 0 && told.every(({ status = '' }) => well.test(status) || unwell.test(status));
  if (!isHealth) return undefined;
  const bad = told.filter(({ status = '' }) => unwell.test(status));
  const rest = told.length - bad.length;
  const things = noun === '' ? 'of them' : noun;
  if (bad.length === 0) return `All ${rest} ${things} are well.`;
  const names = bad.map(({ title, url, status }) => `${url ? `[${title}](${url})` : title} (${status})`);
  const others =
    rest === 0 ? '' : ` The other ${rest} ${rest === 1 ? things.replace(/s$/, '') : things} ${rest === 1 ? 'is' : 'are'} well.`;
  return `Not well: ${names.join(', ')}.${others}`;
}
