import { textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { plainName } from '../plain-name.ts';
import { onShelf } from '../tables/on-shelf.ts';
import type { TableShelf } from '../tables/table.ts';
import { argument } from '../tools/told-text.ts';
import { type Tool, ToolFailure, tool } from '../tools/tool.ts';
import { harmlessCsv, tableToCsv } from './csv.ts';
import type { Outgoing } from './outgoing.ts';

const types = ['md', 'txt', 'csv', 'json'] as const;
type FileType = (typeof types)[number];

/** Bytes. A model writes far less; a table may be long. */
const largest = 5_000_000;

const inputSchema = z.object({
  name: z.string().min(1).max(textLimits.line).describe('Without a folder, such as costs-by-team'),
  type: z.enum(types),
  content: z.string().optional().describe('All of the text of the file'),
  from: z
    .string()
    .optional()
    .describe('Instead of content, for csv: the reference of a table, such as table-1, all rows of which are written'),
});

export interface AttachFileParams {
  readonly tables: TableShelf;
  readonly outgoing: Outgoing;
}

export const attachFile = ({ tables, outgoing }: AttachFileParams): Tool =>
  tool({
    name: 'attach_file',
    title: 'Attaching a file',
    isForAnswer: true,
    recovery: 'checkable',
    isSending: true,
    description:
      'Attaches a text file to the answer, for what people want to keep or work on: a table as csv, a document as md. ' +
      'What is short, or is to be read in the thread, belongs into the answer itself.',
    inputSchema,
    sends: (wanted) => (wanted.from === undefined ? undefined : textOf(wanted, tables)),
    details: argument('name'),
    callback: async ({ name, type, content, from }) => {
      const text = textOf({ type, content, from }, tables);
      const bytes = Buffer.from(text.toWellFormed());
      if (bytes.byteLength > largest) throw new ToolFailure('The file would be too large. Attach a part of it, or fewer rows and columns.');
      const file = fileName(name, type);
      const attached = await outgoing.inOrder(async () => outgoing.hasFile({ name: file, bytes }) || outgoing.share({ name: file, bytes }));
      if (!attached) {
        throw new ToolFailure('The file did not arrive in the thread. Say so, and put what matters of it into the answer.');
      }
      return { text: `${file} stands in the thread below your answer.`, told: file };
    },
  });

interface Wanted {
  readonly type: FileType;
  readonly content?: string | undefined;
  readonly from?: string | undefined;
}

function textOf({ type, content, from }: Wanted, tables: AttachFileParams['tables']): string {
  if ((content === undefined) === (from === undefined))
    throw new ToolFailure('It is not clear what the file is to hold. Give either content or from.');
  if (from !== undefined && type !== 'csv') throw new ToolFailure('A table is attached as csv.');
  if (from !== undefined) return tableToCsv(onShelf(tables, from));
  const text = content ?? '';
  if (text.trim() === '') throw new ToolFailure('The content is empty.');
  if (type === 'json') checkJson(text);
  return type === 'csv' ? harmlessCsv(text) : text;
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new ToolFailure(`The content is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`, { cause: error });
  }
}

/** One that begins with a point is hidden on many machines; the ending always says what is in it. */
function fileName(name: string, type: FileType): string {
  const plain = plainName(name.replace(/[/\\?*|]+/g, ' '), textLimits.name).replace(/^[.\s]+|[.\s]+$/g, '');
  const bare = plain.toLowerCase().endsWith(`.${type}`) ? plain.slice(0, -type.length - 1) : plain;
  return `${bare || 'file'}.${type}`;
}
