import type { FieldChange } from '@vera/protocol/change';
import { structuredPatch } from 'diff';

/** What of a field's change a person has to read: the new text, or the lines that change with two around them, marked `+` and `-`. */
export function changeDiff({ before, after }: FieldChange): string {
  if (before === undefined || before === '') return visible(after);
  const [old, next] = [endingInLine(visible(before)), endingInLine(visible(after))];
  const patch = structuredPatch('', '', old, next, '', '', { context: 2, maxEditLength: mostEdits });
  if (!patch) return [...marked('-', old), ...marked('+', next)].join('\n');
  return patch.hunks.map(({ lines }) => lines.join('\n')).join('\n…\n');
}

/** The time it takes to find what changed grows with the square of the lines that do; of so many, no card shows all. */
const mostEdits = 4_500;

function marked(mark: '-' | '+', text: string): string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => mark + line);
}

/** Whether the field shows lines that go and lines that come. */
export function isComparison({ before }: FieldChange): boolean {
  return before !== undefined && before !== '';
}

/**
 * As it is, with what no eye sees made visible: marks that turn the direction of writing or have no width could make a text look like
 * another one.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]|(?!\u{fe0f})\p{Default_Ignorable_Code_Point}/gu, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}

function endingInLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
