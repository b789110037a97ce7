import type { Conversation } from './conversation.ts';
import type { PlannedCall } from './plan-calls.ts';

/** A result is read on so often; then what is there has to do. */
const mostPieces = 4;

/** Calls for the rest of what was cut, as long as something is left and a tool gives it. */
export function readOn({ outcomes, tools }: Conversation): PlannedCall[] {
  const reader = tools.find(({ inputSchema }) => {
    const { properties = {} } = (inputSchema.json ?? {}) as { properties?: object };
    return 'handle' in properties && 'from' in properties;
  });
  if (!reader) return [];
  return outcomes.flatMap(({ next, readOn: times }) => (next && times < mostPieces ? [{ name: reader.name, input: { ...next } }] : []));
}
