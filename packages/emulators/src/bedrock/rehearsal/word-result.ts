import type { ToolOutcome } from './conversation.ts';
import { plainName } from './tool-stems.ts';

const longestInline = 200;

/** Words what a tool returned: a value in a sentence, an object as a list, rows as a table, anything else as it stands. */
export function wordResult({ name, input, text }: ToolOutcome): string {
  const given = Object.values(input)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(', ');
  if (text === '') return `**${plainName({ name })}** returned nothing${given ? ` for “${given}”` : ''}.`;
  const data = parsed(text);
  if (Array.isArray(data) && data.length > 0 && data.every(isRecord)) return tableOf(data);
  if (isRecord(data))
    return Object.entries(data)
      .map(([key, value]) => `- **${labelOf(key)}**: ${inline(value)}`)
      .join('\n');
  const value = typeof data === 'string' ? data : text;
  if (/^-?[\d.,]+(?:e[+-]?\d+)?$/i.test(value.trim()) && given) return `${code(given)} = **${value.trim()}**`;
  const moment = momentIn(value);
  if (moment) return moment;
  return value.includes('\n') || value.length > longestInline || /[.!?:]$/.test(value.trim())
    ? value
    : `**${labelOf(plainName({ name }))}**: ${value}`;
}

/** An ISO date and time alone becomes a sentence; its zone stays as it was given. */
function momentIn(text: string): string | undefined {
  const [, day, time, zone = ''] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(.*)$/.exec(text.trim()) ?? [];
  if (!day || !time) return undefined;
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return `It is **${time}** on ${date}${zone ? ` (${zone.replace(/^[[(]|[\])]$/g, '')})` : ''}.`;
}

function tableOf(rows: readonly Record<string, unknown>[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(keys.map(labelOf)),
    line(keys.map(() => '---')),
    ...rows.map((row) => line(keys.map((key) => inline(row[key] ?? '').replaceAll('|', '\\|')))),
  ].join('\n');
}

function inline(value: unknown): string {
  return typeof value === 'object' && value !== null ? code(JSON.stringify(value)) : String(value).replace(/\s*\n\s*/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function labelOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
