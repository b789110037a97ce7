import type { Event } from '@aws-sdk/client-bedrock-agentcore';
import { startOperation, within } from '../tracing/in-span.ts';
import { named, type OpenMemoryClient, pagesOf } from './memory-client.ts';
import type { MemoryEvents } from './memory-events.ts';

const pageSize = 100;

export function createAgentCoreEvents(open: OpenMemoryClient, memoryId: string): MemoryEvents {
  return {
    async add(actorId, { session, text, saidAt, token }, abortSignal) {
      const { sdk, client } = await open();
      const command = new sdk.CreateEventCommand({
        memoryId,
        actorId,
        // The place is in the session, for it has to be part of the namespace: see the README.
        sessionId: session,
        eventTimestamp: new Date(saidAt),
        payload: [{ conversational: { role: 'USER', content: { text } } }],
        clientToken: token,
      });
      const { event } = await named(
        'CreateEvent',
        within(startOperation('create_memory', undefined), () => client.send(command, { abortSignal })),
      );
      return { id: event?.eventId ?? '', session, text };
    },
    async *list(actorId) {
      const { sdk, client } = await open();
      for await (const { sessionSummaries = [] } of pagesOf((nextToken) =>
        named('ListSessions', client.send(new sdk.ListSessionsCommand({ memoryId, actorId, maxResults: pageSize, nextToken }))),
      )) {
        for (const { sessionId } of sessionSummaries) {
          const input = { memoryId, actorId, sessionId, includePayloads: true, maxResults: pageSize };
          for await (const { events = [] } of pagesOf((nextToken) =>
            named('ListEvents', client.send(new sdk.ListEventsCommand({ ...input, nextToken }))),
          ))
            yield* events.map((event) => ({ id: event.eventId ?? '', session: sessionId ?? '', text: textOf(event) }));
        }
      }
    },
    async remove(actorId, { id: eventId, session: sessionId }) {
      const { sdk, client } = await open();
      try {
        await client.send(new sdk.DeleteEventCommand({ memoryId, actorId, sessionId, eventId }));
        return true;
      } catch (error) {
        // Gone is gone, whoever was first.
        return error instanceof sdk.ResourceNotFoundException;
      }
    },
  };
}

/** Others may have written here, in any form: whatever has words counts, nothing is taken apart. */
function textOf({ payload = [] }: Event): string {
  return payload.map((part) => part.conversational?.content?.text ?? JSON.stringify(part.blob ?? part.json?.content ?? '')).join('\n');
}
