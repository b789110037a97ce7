import type { Step } from '@vera/ledger/ledger';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { AgentEvent } from '../agent/agent.ts';

/** More kinds of tools than an answer takes; the record has room for few. */
const mostSteps = 12;

/** What a question's runs looked at so far, for who asks later how the answer came about: names and counts, none of the words. */
export class Steps {
  private readonly byName = new Map<string, Step>();

  take(event: AgentEvent): void {
    if (event.kind !== 'tool-ended') return;
    const what = shorten(event.title, textLimits.line);
    const { times, failed, milliseconds } = this.byName.get(what) ?? { times: 0, failed: 0, milliseconds: 0 };
    if (times === 0 && this.byName.size === mostSteps) return;
    const all = milliseconds + Math.round(event.milliseconds);
    this.byName.set(what, { what, times: times + 1, failed: failed + (event.isError ? 1 : 0), milliseconds: all });
  }

  get all(): readonly Step[] {
    return [...this.byName.values()];
  }
}
