import type { SlackMessage } from '../contract.ts';

/** A message as the Web API returns it: without what only the emulator knows, with metadata only where it was asked for. */
export function toApiMessage(message: SlackMessage, withMetadata = false): Record<string, unknown> {
  const { channel: _channel, markdown: _markdown, tasks: _tasks, plan_title: _title, metadata, ...known } = message;
  return { ...known, ...(withMetadata && metadata ? { metadata } : {}) };
}
