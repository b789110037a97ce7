import type { Road } from '../road.ts';
import type { RoadEvent } from '../road-event.ts';

/** The log lines of one question, or the last ones of all when none was named. */
export interface RoadAnswer {
  readonly question?: string;
  readonly events: readonly RoadEvent[];
}

/** A question is named by its id, or by channel and message. */
export function roadOf(road: Road, { question, channel, message }: Readonly<Record<string, string>>): RoadAnswer {
  const id = question ?? (channel && message ? road.questionOf(channel, message) : undefined);
  if (id !== undefined) return { question: id, events: road.of(id) };
  return { events: channel ? [] : road.recent };
}
