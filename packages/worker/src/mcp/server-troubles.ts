import { type McpFailureCode, mcpFailureWords } from './mcp-failure.ts';

/** A server that could not be used: what people call it, and why. */
export interface ServerTrouble {
  readonly title: string;
  readonly code: McpFailureCode;
}

/** What could not be used for one question; grows while its tools are called. */
export class ServerTroubles {
  /** By the words for it; `isWanted`: one of its tools was called. */
  private readonly found = new Map<string, { readonly title: string; readonly isWanted: boolean }>();

  constructor(known: readonly ServerTrouble[]) {
    for (const trouble of known) this.add(trouble);
  }

  add({ title, code }: ServerTrouble, isWanted = false): void {
    const words = mcpFailureWords(title, code);
    this.found.set(words, { title, isWanted: isWanted || this.found.get(words)?.isWanted === true });
  }

  /** Such as `PagerDuty could not be reached`. */
  get all(): readonly string[] {
    return [...this.found.keys()];
  }

  /** Only what somebody wanted: a tool of it was called, or `said` names it. The others were missed by nobody. */
  wanted(said: string): readonly string[] {
    const spoken = wordsIn(said);
    const isNamed = (title: string) => systemsIn(title).some((system) => spoken.includes(wordsIn(system)));
    return [...this.found].flatMap(([words, { title, isWanted }]) => (isWanted || isNamed(title) ? [words] : []));
  }
}

/** One may stand before several: "The gateway to Jira, Confluence and PagerDuty". */
function systemsIn(title: string): string[] {
  return title.split(/, | and | to /);
}

/** The words of a text and nothing else, each between blanks, so that no name is found within another. */
function wordsIn(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;
}
