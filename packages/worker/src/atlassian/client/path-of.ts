import { shorten, textLimits } from '@vera/protocol/shorten';
import { ToolFailure } from '../../tools/tool.ts';

/** A path of the API. What is put into it stays within its segment, whatever it holds. */
export function pathOf(fixed: TemplateStringsArray, ...segments: readonly string[]): string {
  for (const segment of segments) {
    // URLs lose `.` and `..` also where they are encoded.
    if (/^\.{0,2}$/.test(segment) || segment.length > 300)
      throw new ToolFailure(`"${shorten(segment, textLimits.quote)}" is no id or key.`);
  }
  return fixed.reduce((path, part, index) => path + encodeURIComponent(segments[index - 1] ?? '') + part);
}
