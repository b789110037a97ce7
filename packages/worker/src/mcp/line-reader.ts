import { McpFailure } from './mcp-failure.ts';

/** Lines in a row that are not JSON, after which nothing else is expected. */
const mostUnreadable = 1_000;

/** Cuts a stream of bytes into lines of JSON; lines that are none are passed over. Throws `McpFailure` on what has no end. */
export function createLineReader(largest: number, onValue: (value: unknown) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  let unreadable = 0;
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      finish();
    }
    keep(chunk.subarray(start));
  };

  function keep(part: Buffer): void {
    length += part.length;
    if (length > largest) throw new McpFailure('too-large', `a line has more than ${largest} bytes`);
    if (part.length > 0) parts.push(part);
  }

  function finish(): void {
    const line = Buffer.concat(parts).toString();
    parts = [];
    length = 0;
    if (line.trim() === '') return;
    const value = parsed(line);
    unreadable = value === undefined ? unreadable + 1 : 0;
    if (unreadable > mostUnreadable) throw new McpFailure('malformed', 'the program writes no JSON');
    if (value !== undefined) onValue(value);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
