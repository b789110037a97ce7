import type { SlackChange, SlackMessage } from '@vera/slack-stand-in/contract';
import type { PageEvent } from '../../page-server/event-stream.ts';
import type { RoadEvent } from '../../road-event.ts';
import type { Model } from './model.ts';
import { withRoad } from './with-road.ts';

/** The page after the server told that something changed. */
export function told(model: Model, event: PageEvent): Model {
  if (event.kind === 'slack') return changed(model, event.change);
  return event.kind === 'road' ? walked(model, event.event) : model;
}

function changed(model: Model, change: SlackChange): Model {
  switch (change.kind) {
    case 'message':
      return withMessages(model, change.message.channel, (messages) => put(messages, change.message));
    case 'removed':
      return removed(model, change);
    case 'session':
      return { ...model, sessions: { ...model.sessions, [`${change.channel}:${change.threadTs}`]: change.session } };
    case 'ephemeral': {
      const { user, message } = change;
      const others = model.ephemerals.filter((other) => other.user !== user || other.message.ts !== message.ts);
      return { ...model, ephemerals: [...others, { user, message }] };
    }
  }
}

function removed(model: Model, { channel, ts }: { readonly channel: string; readonly ts: string }): Model {
  const ephemerals = model.ephemerals.filter(({ message }) => message.channel !== channel || message.ts !== ts);
  return withMessages({ ...model, ephemerals }, channel, (messages) => messages.filter((message) => message.ts !== ts));
}

function withMessages(model: Model, channel: string, change: (messages: readonly SlackMessage[]) => readonly SlackMessage[]): Model {
  return { ...model, messages: { ...model.messages, [channel]: change(model.messages[channel] ?? []) } };
}

function put(messages: readonly SlackMessage[], message: SlackMessage): readonly SlackMessage[] {
  if (messages.some(({ ts }) => ts === message.ts)) return messages.map((known) => (known.ts === message.ts ? message : known));
  return [...messages, message].sort((one, other) => Number(one.ts) - Number(other.ts));
}

function walked(model: Model, event: RoadEvent): Model {
  const { question, fields } = event;
  if (question === undefined) return model;
  const { channel, message, thread } = fields;
  const isNew = !model.questions.some((known) => known.question === question);
  const place = typeof channel === 'string' && typeof message === 'string' ? { question, channel, message } : undefined;
  const questions = isNew && place ? [...model.questions, { ...place, thread: String(thread ?? message) }] : model.questions;
  return withRoad({ ...model, questions }, question, [event]);
}
