import { textLimits, wholeEnd } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../mark-as-data.ts';
import { type Tool, ToolFailure, tool } from '../tools/tool.ts';

/** Characters of one question's results that are kept, in all. */
const mostKept = 4_000_000;

/** The long results of one question, whole, so that what was cut can be read on. */
export interface KeptOutputs {
  /** A result of a system, marked as data: whole, or its beginning with a note how to read on. */
  show(text: string, system: string, longest: number): string;
  /** Reads on. */
  readonly readMore: Tool;
}

export function createKeptOutputs(): KeptOutputs {
  const kept: { readonly text: string; readonly system: string }[] = [];
  let room = mostKept;
  return {
    show(given, system, longest) {
      const text = given.toWellFormed();
      if (text.length <= longest) return markAsData(text, system);
      const start = pieceOf(text, 0, longest);
      const shown = `${markAsData(start, system)}\n(Cut here: these are ${start.length} of ${text.length} characters.`;
      if (text.length > room) return `${shown} The rest is not kept; ask for less at once.)`;
      room -= text.length;
      kept.push({ text, system });
      return `${shown} read_more with handle "r${kept.length}" and from ${start.length} gives the next.)`;
    },
    readMore: tool({
      name: 'read_more',
      title: 'Reading on',
      description: 'Gives the next part of a long tool result that was cut, by the handle that stands where it was cut.',
      inputSchema: z.object({
        handle: z.string().describe('Such as r1'),
        from: z.number().int().min(0).describe('The character to begin at'),
      }),
      callback({ handle, from }) {
        const { text, system } = kept[Number(/^r(\d+)$/.exec(handle)?.[1] ?? 0) - 1] ?? {};
        if (text === undefined || system === undefined) throw new ToolFailure(`There is no result ${handle}.`);
        if (from >= text.length) throw new ToolFailure(`${handle} ends at character ${text.length}.`);
        const piece = pieceOf(text, from, textLimits.toolResultPart);
        const end = from + piece.length;
        const note = end < text.length ? `(${text.length - end} characters are left; go on from ${end}.)` : '(This is the end.)';
        return `${markAsData(piece, system)}\n${note}`;
      },
    }),
  };
}

function pieceOf(text: string, from: number, length: number): string {
  const rest = text.slice(from);
  return rest.slice(0, wholeEnd(rest, length));
}
