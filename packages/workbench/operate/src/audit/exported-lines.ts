import { type Line, saidIn } from '@vera/audit/line';

type Said = NonNullable<ReturnType<typeof saidIn>>;
/** `isReadable` false: of it only its number and hash are known. */
export type Exported = (Said & { readonly hash: string }) | { readonly number: number; readonly hash: string; readonly isReadable: false };

interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Of the days from one to the other, both included. What cannot be read belongs to any. */
export function exportedLines(lines: readonly Line[], { from = '', to = '9999' }: Days): readonly Exported[] {
  return lines.flatMap((line): Exported[] => {
    // Put there by somebody, as `verify` says.
    if (Number.isNaN(line.number)) return [];
    const { number, hash } = line;
    const said = saidIn(line);
    if (!said) return [{ number, hash, isReadable: false }];
    return said.day >= from && said.day <= to ? [{ ...said, hash }] : [];
  });
}

const columns = [
  ...(['number', 'at', 'act', 'outcome', 'team', 'channel', 'question', 'asker', 'account', 'approver', 'by', 'system', 'tool'] as const),
  ...(['change', 'arguments', 'content', 'reason', 'calls', 'tokens', 'microDollars', 'previous', 'hash'] as const),
];

/** As in RFC 4180. What a spreadsheet would take for a formula is text there. */
export function csvOf(lines: readonly Exported[]): string {
  const rows = lines.map((line) => columns.map((column) => cellOf((line as Readonly<Record<string, unknown>>)[column])));
  return [columns, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellOf(value: unknown): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

export function toldLine(line: Exported): string {
  if ('isReadable' in line) return `${line.number}  cannot be read`;
  const { number, at, act, outcome, ...rest } = line;
  const told = (['question', 'asker', 'account', 'approver', 'by', 'channel', 'system', 'tool', 'tokens', 'reason'] as const).flatMap(
    (name) => (rest[name] === undefined ? [] : [`${name} ${rest[name]}`]),
  );
  return `${number}  ${at}  ${act} ${outcome}${told.length > 0 ? `  ${told.join(', ')}` : ''}`;
}
