import { shorten, textLimits, wholeEnd } from '@vera/protocol/shorten';
import { withoutSecrets } from '@vera/service-kit/secret-texts';
import * as z from 'zod';
import { isObject } from '../is-object.ts';
import { markAsData } from '../mark-as-data.ts';
import { type Tool, ToolFailure, tool } from '../tools/tool.ts';
import type { CallResult } from './mcp-client.ts';

/** What a tool gave back, as text; what is no text is named. Secrets that show by their form are masked. */
export function resultText({ content = [], structuredContent }: CallResult): string {
  const texts = content.map(partText).filter((text) => text.trim() !== '');
  const text = texts.length > 0 || structuredContent === undefined ? texts.join('\n\n') : JSON.stringify(structuredContent);
  return withoutSecrets(text);
}

/** What a tool says went wrong, in the few words that help to call it better; names of AWS resources are nobody's business. */
export function errorText(text: string): string {
  const harmless = withoutSecrets(text).replace(/arn:aws[\w-]*:[^\s"',)]+/g, '[redacted]');
  return shorten(harmless, textLimits.toolError);
}

function partText(part: unknown): string {
  if (!isObject(part)) return textOf(part);
  switch (part.type) {
    case 'text':
      return textOf(part.text);
    case 'image':
    case 'audio':
      return `(${part.type === 'image' ? 'An image' : 'A sound'} that cannot be shown here.)`;
    case 'resource_link':
      return `${textOf(part.title) || textOf(part.name)} ${textOf(part.uri)}`.trim();
    case 'resource':
      return isObject(part.resource) ? textOf(part.resource.text) || `(A file: ${textOf(part.resource.uri)})` : '';
    default:
      return '';
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

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
