import type { Model } from './model.ts';

/** Somebody else wrote in the channel since it was last open. */
export function isUnread({ seen, messages, me }: Model, channel: string): boolean {
  const last = seen[`${me}:${channel}`] ?? '';
  return (messages[channel] ?? []).some(({ ts, user }) => user !== me && ts > last);
}

/** What is in the open channel counts as seen. */
export function markSeen(model: Model): Model {
  const last = model.messages[model.channel]?.at(-1)?.ts ?? '';
  const key = `${model.me}:${model.channel}`;
  return model.seen[key] === last ? model : { ...model, seen: { ...model.seen, [key]: last } };
}
