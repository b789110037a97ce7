import type { ProviderId } from '@vera/accounts/account';
import { textLimits } from '@vera/protocol/shorten';

/** A server of tools, as data. */
export interface McpServer {
  /** Stands in tool names and logs: lower case letters and digits, so that it ends where the tool's name begins. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly transport: HttpTransport | StdioTransport;
  /** Tools known to change nothing, by exact name. */
  readonly reads: ReadonlySet<string>;
  /** Whether a tool is a read, or may be done again, because the server says so. */
  readonly trustsAnnotations: boolean;
  /** Writes that change nothing more when they are done again with the same arguments, by exact name. */
  readonly repeatable?: ReadonlySet<string>;
  /** Never offered, whatever it does. */
  readonly isDenied: (tool: string) => boolean;
  /** What people call the system behind a tool, where one server stands before several. */
  readonly systemOf?: (tool: string) => string | undefined;
  /** What is wrong with an input before it is sent, in words for the model. */
  readonly problemIn?: (input: Readonly<Record<string, unknown>>) => string | undefined;
  /** Goes with every request, as its `_meta`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whose account its writes need; without one they are not offered, for nothing is changed in the company's name. */
  readonly actsAs?: ProviderId;
  /** Everything is done with that account: there is no key of the company's. */
  readonly isPersonal?: boolean;
  /** What it was given and nobody else may see, should it say it again. */
  readonly keys?: readonly string[];
  readonly limits: McpLimits;
}

export interface HttpTransport {
  readonly kind: 'http';
  readonly url: URL;
  readonly authorization: Authorization;
  /** Whether it may lead into a private network or to this machine. */
  readonly isPrivateAllowed: boolean;
}

/** A program beside the worker. It gets these variables, `PATH`, `HOME` and `TMPDIR`, nothing else of the worker's own environment. */
export interface StdioTransport {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Folders in which it is looked for after the usual ones. */
  readonly path?: readonly string[];
}

export interface McpLimits {
  /** The longest a question waits for the server's tools. Opening goes on without it, for the next question. */
  readonly patienceMilliseconds: number;
  readonly openMilliseconds: number;
  readonly callMilliseconds: number;
  /** After this the list is read anew, with the next question. */
  readonly listMilliseconds: number;
  /** Bytes of one HTTP response, one line of a program, or the list of tools. */
  readonly largestMessage: number;
  /** Characters of a result that the model is shown at once. */
  readonly longestOutput: number;
}

export const usualLimits: McpLimits = {
  patienceMilliseconds: 4_000,
  openMilliseconds: 15_000,
  callMilliseconds: 60_000,
  listMilliseconds: 60_000,
  largestMessage: 4_000_000,
  longestOutput: textLimits.toolResultPart,
};

export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What makes a request ours: headers to add to it. */
export interface Authorization {
  /** Rejects with `McpFailure` when there are none to be had. */
  headers(request: OutgoingRequest, signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Forgets what the server refused, so that the next request is made with something new; absent where nothing new can be had. */
  readonly renew?: () => void;
  /** Told of a refusal (401) and what the server said of it (`WWW-Authenticate`). */
  readonly refused?: (challenge: string | undefined) => void;
}

export const sentHeaders = (headers: Readonly<Record<string, string>>): Authorization => ({ headers: async () => lowerCased(headers) });

export const bearer = (token: string): Authorization => sentHeaders({ authorization: `Bearer ${token}` });

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
