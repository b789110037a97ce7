import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import type { Table } from '../tables/table.ts';

/** Something the model may call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** Words for the person while it runs, such as "Searching the knowledge base". */
  readonly title: string;
  /** With whose rights it looks into another system: the company's key, or the account of who asked. Left out where Vera's own suffice. */
  readonly as?: 'company' | 'asker';
  /** Not in the list the model is given; it runs when it is called by its name. */
  readonly isHidden?: boolean;
  /** It shows something in the thread: only what answers there may call it, and no helper. */
  readonly isForAnswer?: boolean;
  /** What it gives is made by our own code of what it was asked: the guardrail has no text of others to judge. */
  readonly saysOwnWords?: boolean;
  /** What it is given leaves with it, as a file or to another model: the guardrail judges that like an answer. */
  readonly isSending?: boolean;
  /** Of one that does something: what may be done about a call of which nobody learnt how it ended. Left out where it only reads. */
  readonly recovery?: RecoveryKind;
  /** What leaves beside what it is given, such as the rows of a table that it names; undefined where nothing does. */
  readonly sends?: (input: unknown) => string | undefined;
  /** The tool that is really called with this input, where this one only leads to others. */
  readonly behind?: (input: unknown) => Tool | undefined;
  /** What this call is about, for whoever reads along: “settlement lag”. Made by `toldText`, like all that is told of a call. */
  readonly details?: (input: unknown) => string | undefined;
  /** Always resolves: what goes wrong is said in words the model can read and the person may see. */
  run(input: unknown, signal: AbortSignal, say?: Say): Promise<ToolOutput>;
}

/** What may be done about an effect that was begun and of which nobody learnt how it ended. */
export type RecoveryKind =
  /** It is done again: with the same key, or the same arguments, that changes nothing more. */
  | 'repeatable'
  /** It is looked for, in the other system or in the thread; only where it is not there, it is done again. */
  | 'checkable'
  /** Neither can be: the person is told to look. */
  | 'unknown';

/** Tells whoever reads along how far a call has come, or what it is about where that was judged first, in a line made by `toldText`. */
export type Say = (words: string, about?: 'details') => void;

export interface ToolOutput {
  readonly text: string;
  readonly isError: boolean;
  /** Of an error, its category where that is known, for the log. */
  readonly code?: string;
  /** What came of it, for whoever reads along: "3 documents", or why there is nothing. */
  readonly told?: string;
  /** Documents it found, all of which may be shown where the answer stands. */
  readonly found?: readonly FoundDocument[];
  /** It is ours, word for word, whatever the tool gives otherwise. */
  readonly isOwnWords?: boolean;
  /** Rows, too many to read: they are put beside the turn, and the model is told their reference. */
  readonly table?: Table;
}

/** A document that something of the answer may rest on. */
export interface FoundDocument {
  readonly title: string;
  readonly url?: string;
  /** What tells it from others of its title, where it has no address that a person can open. */
  readonly id?: string;
  /** What whoever relies on it has to know: "outdated: 9 months old". */
  readonly warning?: string;
}

export interface ToolDefinition<Schema extends z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly title: string;
  readonly inputSchema: Schema;
  readonly isForAnswer?: boolean;
  readonly saysOwnWords?: boolean;
  readonly isSending?: boolean;
  readonly recovery?: RecoveryKind;
  readonly sends?: (input: z.output<Schema>) => string | undefined;
  readonly details?: (input: unknown) => string | undefined;
  readonly callback: (input: z.output<Schema>, signal: AbortSignal, say: Say) => Promise<string | Told> | string | Told;
}

/** A result, and what is told of it. */
export type Told = Pick<ToolOutput, 'text' | 'told' | 'found' | 'table'>;

/** Thrown by a tool to tell the model what went wrong, in words without secrets: the first sentence is read by people, too, what is to be done about it comes behind. */
export class ToolFailure extends Error {
  readonly code = 'tool';
  /** For whoever reads along, where that is not the first sentence. */
  readonly told: string | undefined;

  constructor(message: string, { told, ...options }: ErrorOptions & { readonly told?: string } = {}) {
    super(message, options);
    this.told = told;
  }
}

export function tool<Schema extends z.ZodType>({ inputSchema, callback, sends, ...rest }: ToolDefinition<Schema>): Tool {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(inputSchema, { io: 'input' });
  return {
    ...rest,
    ...(sends ? { sends: (input: unknown) => sentBy(inputSchema, sends, input) } : {}),
    inputSchema: jsonSchema,
    async run(input, signal, say = () => undefined) {
      const parsed = inputSchema.safeParse(input);
      if (!parsed.success) return { text: `The input does not fit. ${z.prettifyError(parsed.error)}`, isError: true };
      try {
        const result = await callback(parsed.data, signal, say);
        if (typeof result === 'string') return { text: readable(result), isError: false };
        return { ...result, text: readable(result.text), isError: false };
      } catch (error) {
        if (!(error instanceof ToolFailure))
          return { text: `${rest.name} failed unexpectedly.`, isError: true, code: `unexpected: ${nameOf(error)}` };
        return { text: error.message, isError: true, ...(error.told === undefined ? {} : { told: error.told }) };
      }
    },
  };
}

/** Its words may hold what others wrote. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} ${error.code}` : error.name;
}

/** Nothing leaves with a call that is refused. */
function sentBy<Schema extends z.ZodType>(
  inputSchema: Schema,
  sends: (input: z.output<Schema>) => string | undefined,
  input: unknown,
): string | undefined {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) return undefined;
  try {
    return sends(parsed.data);
  } catch (error) {
    if (error instanceof ToolFailure) return undefined;
    throw error;
  }
}

/** A model refuses blank results, and a very long one would crowd out the question. */
function readable(text: string): string {
  if (text.trim() === '') return '(The tool returned nothing.)';
  return shorten(text, textLimits.toolResult, { notice: `\n(Cut: the result has ${text.length} characters.)` });
}
