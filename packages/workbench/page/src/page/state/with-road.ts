import type { RoadEvent } from '../../road-event.ts';
import type { Model } from './model.ts';

/** Adds events to a question's road, once each, in the order of time. */
export function withRoad(model: Model, question: string, more: readonly RoadEvent[]): Model {
  const known = model.roads[question] ?? [];
  const added = more.filter(({ id }) => !known.some((event) => event.id === id));
  const events = [...known, ...added].sort((one, other) => one.at - other.at || one.id - other.id);
  return { ...model, roads: { ...model.roads, [question]: events } };
}
