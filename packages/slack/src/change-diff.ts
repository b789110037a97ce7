import type { FieldChange } from '@vera/protocol/change';
import { structuredPatch } from 'diff';

/** What of a field's change a person has to read: the new text, or the lines that change with two around them, marked `+` and `-`. */
export function changeDiff({ before, after }: FieldChange): string {
  if (before === undefined || before === '') return visible(after);
  const { hunks } = structuredPatch('', '', endingInLine(visible(before)), endingInLine(visible(after)), '', '', { context: 2 });
  return hunks.map(({ lines }) => lines.join('\n')).join('\n…\n');
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
