import { createHash } from 'node:crypto';
import { Message, type StreamOptions, TextBlock, ToolResultBlock } from '@strands-agents/sdk';
import { plainName } from '../plain-name.ts';
import type { Tool } from '../tools/tool.ts';
import type { Content } from './agent.ts';

type Block = Message['content'][number];

export interface ModelInput {
  readonly messages: Message[];
  readonly options: StreamOptions | undefined;
}

/**
 * Parts of requests that a model refused, for the life of a process: they are left out of every further one, so that none of them silences a
 * question twice. The second line behind what is looked at before it is sent.
 */
export class RefusedParts {
  private readonly keys = new Set<string>();

  /** Notes what a refusal names; false when it names nothing that can be left out, or nothing new. */
  learn(error: unknown, { messages, options }: ModelInput): boolean {
    if (!(error instanceof Error) || error.name !== 'ValidationException') return false;
    const tool = options?.toolSpecs?.[placeIn(/\btools\.(\d+)(\.member)?/, error.message)[0] ?? -1];
    const [turn, part] = placeIn(/\bmessages\.(\d+)(\.member)?\.content\.(\d+)(\.member)?/, error.message);
    const named = turn === undefined ? messages.flatMap(({ content }) => content) : [messages[turn]?.content[part ?? -1]];
    const blamed = named.filter((block) => block && (turn !== undefined || isBlamed(block, error.message)));
    const keys = [...blamed.map((block) => block && keyOfBlock(block)), tool && keyOfTool(tool)].filter((key) => key !== undefined);
    const before = this.keys.size;
    for (const key of keys) this.keys.add(key);
    return this.keys.size > before;
  }

  /** The input without them; a word stands in the place of each. */
  without({ messages, options }: ModelInput): ModelInput {
    if (this.keys.size === 0) return { messages, options };
    const kept = messages.map((message) => {
      if (!message.content.some((block) => this.hasKey(keyOfBlock(block)))) return message;
      return new Message({ role: message.role, content: message.content.map((block) => this.standIn(block)) });
    });
    if (!options?.toolSpecs) return { messages: kept, options };
    return { messages: kept, options: { ...options, toolSpecs: options.toolSpecs.filter((tool) => !this.hasKey(keyOfTool(tool))) } };
  }

  /** What of these was left out, in words for the person who asked. */
  among(content: readonly Content[], tools: readonly Tool[]): string[] {
    if (this.keys.size === 0) return [];
    const files = content.filter((part) => part.kind !== 'text').filter(({ bytes }) => this.hasKey(keyOfBytes(bytes)));
    const names = new Set([
      ...files.map(({ name }) => plainName(name)),
      ...tools.filter((tool) => this.hasKey(keyOfTool(tool))).map(({ title }) => title),
    ]);
    return [...names].map((name) => `The language model does not accept “${name}”`);
  }

  private hasKey(key: string | undefined): boolean {
    return key !== undefined && this.keys.has(key);
  }

  private standIn(block: Block): Block {
    if (!this.hasKey(keyOfBlock(block))) return block;
    if (block.type !== 'toolResultBlock') return new TextBlock('(A file that was here is not shown: the model does not accept it.)');
    const words = new TextBlock('(The result is not shown: the model does not accept it.)');
    return new ToolResultBlock({ toolUseId: block.toolUseId, status: block.status, content: [words] });
  }
}

/** Bedrock counts from 0, or, where it writes `.member`, from 1. */
function placeIn(pattern: RegExp, message: string): number[] {
  const [, ...found] = pattern.exec(message) ?? [];
  return found.flatMap((part, index) => (index % 2 === 0 ? Number(part) - (found[index + 1] ? 1 : 0) : []));
}

/** Some refusals only say what kind of part it is: `Could not process image`, `A maximum of 100 PDF pages may be provided`. */
function isBlamed({ type }: Block, message: string): boolean {
  return (type === 'imageBlock' && /\bimages?\b/i.test(message)) || (type === 'documentBlock' && /\b(?:PDF|documents?)\b/i.test(message));
}

function keyOfBlock(block: Block): string | undefined {
  if (block.type === 'toolResultBlock') return `result ${block.toolUseId}`;
  if (block.type !== 'imageBlock' && block.type !== 'documentBlock') return undefined;
  return 'bytes' in block.source ? keyOfBytes(block.source.bytes) : undefined;
}

/** Of the same file in every question it comes with; kept, as a thread's files are read again and again. */
const hashes = new WeakMap<Uint8Array, string>();

function keyOfBytes(bytes: Uint8Array): string {
  const known = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, known);
  return known;
}

function keyOfTool({
  name,
  inputSchema,
  description,
}: {
  readonly name: string;
  readonly inputSchema?: unknown;
  readonly description: string;
}) {
  return `tool ${name} ${createHash('sha256')
    .update(JSON.stringify([inputSchema, description]))
    .digest('hex')}`;
}
