import type { SlackMessage } from './slack-message.ts';

const eventType = 'vera_change';

/** What a card says about itself in its metadata, so that it can be found again. */
export function changeMarkOf({ metadata }: Pick<SlackMessage, 'metadata'>): { readonly change: string } | undefined {
  const change = metadata?.event_payload?.change;
  return metadata?.event_type === eventType && typeof change === 'string' ? { change } : undefined;
}

export function toChangeMetadata(change: string): { event_type: string; event_payload: Record<string, unknown> } {
  return { event_type: eventType, event_payload: { change } };
}

/** The `ts` of the card of a change, among what we posted ourselves. */
export function cardIn(messages: readonly SlackMessage[], botUserId: string, change: string): string | undefined {
  return messages.find((message) => message.user === botUserId && changeMarkOf(message)?.change === change)?.ts;
}
