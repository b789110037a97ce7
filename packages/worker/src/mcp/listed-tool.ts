import { createHash } from 'node:crypto';
import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import type { McpClient } from './mcp-client.ts';
import { McpFailure } from './mcp-failure.ts';
import type { McpLimits } from './mcp-server.ts';

/** A tool as its server describes it. */
export type ListedTool = z.output<typeof listedToolSchema>;

const words = z.string().optional().catch(undefined);
const listedToolSchema = z.object({
  name: z.string().min(1).max(512),
  title: words,
  description: words,
  inputSchema: z.unknown(),
  annotations: z
    .object({
      title: words,
      readOnlyHint: z.boolean().optional().catch(undefined),
      destructiveHint: z.boolean().optional().catch(undefined),
      idempotentHint: z.boolean().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const mostPages = 50;

/** All tools of a server, page by page, each name once; what is no tool is left out. Rejects with `McpFailure` on a list without end. */
export async function listTools(client: McpClient, limits: McpLimits): Promise<readonly ListedTool[]> {
  const tools = new Map<string, ListedTool>();
  const signal = AbortSignal.timeout(limits.openMilliseconds);
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let length = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await inTime(client.listTools(cursor, { milliseconds: limits.openMilliseconds, signal }), signal);
    length += JSON.stringify(page.tools).length;
    if (length > limits.largestMessage)
      throw new McpFailure('too-large', `the list of tools has more than ${limits.largestMessage} characters`);
    for (const listed of page.tools) {
      const tool = listedToolSchema.safeParse(listed);
      if (tool.success && !tools.has(tool.data.name)) tools.set(tool.data.name, tool.data);
    }
    cursor = page.nextCursor;
    // An empty one is none; one that was there before leads round in a circle: what is known by then is all there is.
    if (!cursor || cursors.has(cursor)) return [...tools.values()];
    cursors.add(cursor);
  }
  throw new McpFailure('too-large', `the list of tools has more than ${mostPages} pages`);
}

/** Here a stop means that the whole list took too long: nobody else stops it. */
async function inTime<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw signal.aborted ? new McpFailure('timed-out', 'the list of tools did not come in time', { cause: error }) : error;
  }
}

/** `pagerduty___listOnCalls` → `list on calls` */
export function humanName({ name, title, annotations }: ListedTool): string {
  const given = title?.trim() || annotations?.title?.trim();
  if (given) return shorten(given, textLimits.name);
  const own = name.split('___').at(-1) ?? name;
  const words = own.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[^a-zA-Z0-9]+/g, ' ');
  return shorten(words.trim().toLowerCase(), textLimits.name) || 'a tool';
}

/** Bedrock's limit on a tool's name. */
const longest = 64;
const digits = 12;
/** The first words of Vera's own tools: behind a server of such a name, a tool could take the name of one of them. */
const ownWords = new Set(
  (
    'attach calculate collect comment connect count create current delegate draw edit find forget list pause prepare query read remember ' +
    'search show submit transition update use'
  ).split(' '),
);
const looksShortened = new RegExp(`_[0-9a-f]{${digits}}$`);

/**
 * The name under which the model knows a server's tool: the same for the same tool, whatever else is there, and never the same for
 * two. `server` holds no underscore. A name that Bedrock would refuse, or that looks like one of these, ends in a hash.
 */
export function toolAlias(server: string, tool: string): string {
  const plain = `${server}_${tool}`;
  if (/^[a-zA-Z0-9_-]+$/.test(plain) && plain.length <= longest && !looksShortened.test(plain) && !ownWords.has(server)) return plain;
  const hash = createHash('sha256').update(`${server}\0${tool}`).digest('hex').slice(0, digits);
  return `${plain.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest - digits - 1)}_${hash}`;
}
