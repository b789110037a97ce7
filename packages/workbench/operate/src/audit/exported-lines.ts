import { toldResult } from '@vera/audit/act';
import { type Line, saidIn } from '@vera/audit/line';

type Said = NonNullable<ReturnType<typeof saidIn>>;
/** `isReadable` false: of it only its number and hash are known. */
export type Exported = (Said & { readonly hash: string }) | { readonly number: number; readonly hash: string; readonly isReadable: false };

interface Wanted {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The id of a question. */
  readonly question?: string | undefined;
  /** What came of a change, as its system calls it, or a link to that; or the change's own id. */
  readonly change?: string | undefined;
}

/** Of the days from one to the other, both included, and of one question or change where that is told. What cannot be read belongs to any. */
export function exportedLines(lines: readonly Line[], { from = '', to = '9999', question, change }: Wanted): readonly Exported[] {
  const exported = ofDays(lines, { from, to });
  if (question === undefined && change === undefined) return exported;
  const said = exported.flatMap((line) => ('isReadable' in line ? [] : [line]));
  const ids = change === undefined ? undefined : changesMeant(said, change);
  return said.filter((line) => (question === undefined || line.question === question) && (!ids || ids.has(line.change ?? '')));
}

/** Ids of the changes of which this came, or whose id it is. */
function changesMeant(said: readonly Said[], words: string): ReadonlySet<string> {
  const results = [words, toldResult(words), toldResult(lastPart(words))];
  const made = said.flatMap(({ result = '', change }) => (change !== undefined && results.includes(result) ? [change] : []));
  return new Set([words, ...made]);
}

/** Of `https://…/browse/PAY-1441?focusedId=7`: the key. */
function lastPart(words: string): string {
  const [path = ''] = words.split(/[?#]/);
  return path.split('/').findLast((part) => part !== '') ?? words;
}

function ofDays(lines: readonly Line[], { from, to }: { readonly from: string; readonly to: string }): readonly Exported[] {
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
  ...(['change', 'result', 'arguments', 'content', 'reason', 'calls', 'tokens', 'microDollars', 'previous', 'hash'] as const),
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
  const told = (
    ['question', 'asker', 'account', 'approver', 'by', 'channel', 'system', 'tool', 'result', 'tokens', 'reason'] as const
  ).flatMap((name) => (rest[name] === undefined ? [] : [`${name} ${rest[name]}`]));
  return `${number}  ${at}  ${act} ${outcome}${told.length > 0 ? `  ${told.join(', ')}` : ''}`;
}
