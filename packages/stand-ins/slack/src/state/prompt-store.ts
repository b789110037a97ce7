import type { SlackPrompts } from '../contract.ts';
import type { Changes } from './changes.ts';

/** Suggested prompts by channel, or by the thread of an older assistant; the last ones that were set. */
export class PromptStore {
  private readonly prompts = new Map<string, SlackPrompts>();
  private readonly changes: Changes;

  constructor(changes: Changes) {
    this.changes = changes;
  }

  get(channel: string, threadTs?: string): SlackPrompts | undefined {
    return this.prompts.get(keyOf(channel, threadTs));
  }

  set(channel: string, threadTs: string | undefined, prompts: SlackPrompts): void {
    this.prompts.set(keyOf(channel, threadTs), prompts);
    this.changes.tell({ kind: 'prompts', channel, ...(threadTs === undefined ? {} : { threadTs }), prompts });
  }

  clear(): void {
    this.prompts.clear();
  }
}

function keyOf(channel: string, threadTs = ''): string {
  return `${channel}:${threadTs}`;
}
