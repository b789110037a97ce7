import type { SlackChange } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { PageEvent } from '../../page-server/event-stream.ts';
import type { PageState } from '../../page-server/page-state.ts';
import type { RoadEvent } from '../../road.ts';
import { channelsOf, directChannelOf, speakersOf } from './lookups.ts';
import type { Action, Model, Restored } from './model.ts';

/** The page after an action; undefined until the server has told its state. */
export function reduce(model: Model | undefined, action: Action): Model | undefined {
  if (action.kind === 'told' && action.event.kind === 'state') return fromState(model, action.event.state, action.restored);
  if (!model) return model;
  const next = acted(model, action);
  return next.channel === model.channel && next.me === model.me && next.messages === model.messages ? next : markSeen(next);
}

function acted(model: Model, action: Action): Model {
  const { thread: _thread, chosenQuestion: _question, problem: _problem, editing: _editing, ...bare } = model;
  const open = model.thread === undefined ? {} : { thread: model.thread };
  switch (action.kind) {
    case 'told':
      return told(model, action.event);
    case 'connection-lost':
      return { ...model, isConnectionLost: true };
    case 'spoke-as':
      return speakAs(model, action.user);
    case 'opened-channel':
      return { ...bare, ...viewedFrom(model), channel: action.channel, isSidebarOpen: false };
    case 'opened-thread':
      return { ...bare, thread: action.thread };
    case 'closed-thread':
      return bare;
    case 'went-to':
      return goTo(model, action);
    case 'escaped':
      return escaped(model, action.isNarrow);
    case 'opened-sidebar':
      return { ...model, isSidebarOpen: true };
    case 'closed-sidebar':
      return { ...model, isSidebarOpen: false };
    case 'began-edit':
      return { ...model, editing: action.editing };
    case 'ended-edit':
      return withoutEditing(model);
    case 'opened-road':
      return { ...bare, ...open, isRoadOpen: true, ...(action.question === undefined ? {} : { chosenQuestion: action.question }) };
    case 'closed-road':
      return { ...bare, ...open, isRoadOpen: false };
    case 'loaded-road':
      return withRoad(model, action.question, action.events);
    case 'refused':
      return { ...model, problem: action.problem };
    case 'dismissed-problem':
      return withoutProblem(model);
  }
}

function viewedFrom({ workspace, channel }: Model): Pick<Model, 'viewed'> {
  return workspace.channels.some(({ id, kind }) => id === channel && kind !== 'im') ? { viewed: channel } : {};
}

function withoutEditing({ editing: _editing, ...model }: Model): Model {
  return model;
}

function withoutProblem({ problem: _problem, ...model }: Model): Model {
  return model;
}

/** A place of the history; it may be gone since, or be another person's. */
function goTo(model: Model, { channel, thread, isNarrow }: Extract<Action, { kind: 'went-to' }>): Model {
  const { thread: _thread, chosenQuestion: _question, editing: _editing, ...bare } = model;
  const isOpenToMe = channelsOf(model.workspace, model.me).some(({ id }) => id === channel);
  if (channel === undefined || !isOpenToMe) return model;
  const isThere = model.messages[channel]?.some(({ ts }) => ts === thread);
  const isRoadOpen = model.isRoadOpen && !isNarrow;
  return { ...bare, channel, isSidebarOpen: false, isRoadOpen, ...(thread !== undefined && isThere ? { thread } : {}) };
}

/** Closes what lies on top. Nothing is stopped or lost by it. */
function escaped(model: Model, isNarrow: boolean): Model {
  if (model.isSidebarOpen) return { ...model, isSidebarOpen: false };
  if (model.editing) return withoutEditing(model);
  if (model.problem !== undefined) return withoutProblem(model);
  if (model.thread !== undefined) return acted(model, { kind: 'closed-thread' });
  return isNarrow ? { ...model, isRoadOpen: false } : model;
}

/** A person sees their own channels and their own direct messages with Vera. */
function speakAs(model: Model, user: string): Model {
  const { thread, chosenQuestion: _question, editing: _editing, ...rest } = model;
  const channels = channelsOf(model.workspace, user);
  const current = model.workspace.channels.find(({ id }) => id === model.channel);
  if (channels.some(({ id }) => id === model.channel)) return { ...rest, me: user, ...(thread === undefined ? {} : { thread }) };
  const channel = current?.kind === 'im' ? directChannelOf(model.workspace, user) : channels[0];
  return { ...rest, me: user, channel: channel?.id ?? model.channel };
}

/** The server's state replaces what it told before; what was chosen stays. */
function fromState(model: Model | undefined, state: PageState, restored: Restored): Model {
  const { workspace, ephemerals, questions, homes, prompts, lab, hasReport } = state;
  const { problem: _problem, ...choice } = model ?? firstChoice(state, restored);
  const messages = Object.groupBy(state.messages, ({ channel }) => channel) as Model['messages'];
  const sessions = Object.fromEntries(state.sessions.map(({ channel, threadTs, session }) => [`${channel}:${threadTs}`, session]));
  const told = { workspace, ephemerals, questions, homes, prompts, lab, hasReport, messages, sessions };
  const next = { roads: {}, ...choice, ...told, isConnectionLost: false };
  if (model) return markSeen({ ...next, seen: model.seen });
  const seen = workspace.users.flatMap(({ id }) =>
    workspace.channels.map((channel) => [`${id}:${channel.id}`, messages[channel.id]?.at(-1)?.ts ?? '']),
  );
  return { ...next, seen: Object.fromEntries(seen) };
}

type Choice = Pick<Model, 'me' | 'channel' | 'thread' | 'isSidebarOpen' | 'isRoadOpen' | 'problem'>;

function firstChoice({ workspace, messages }: PageState, { me, channel, thread, isRoadOpen }: Restored): Choice {
  const speakers = speakersOf(workspace);
  const user = speakers.find(({ id }) => id === me) ?? speakers[0];
  const channels = channelsOf(workspace, user?.id ?? '');
  const chosen = channels.find(({ id }) => id === channel) ?? channels[0];
  const isThere = messages.some(({ channel: place, ts }) => place === chosen?.id && ts === thread);
  const open = { isSidebarOpen: false, isRoadOpen, ...(thread !== undefined && isThere ? { thread } : {}) };
  return { me: user?.id ?? '', channel: chosen?.id ?? '', ...open };
}

/** The page after the server told that something changed. */
function told(model: Model, event: PageEvent): Model {
  if (event.kind === 'slack') return changed(model, event.change);
  if (event.kind === 'lab') return { ...model, lab: event.lab };
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
    case 'home':
      return { ...model, homes: { ...model.homes, [change.user]: change.view } };
    case 'prompts':
      return change.threadTs === undefined ? { ...model, prompts: { ...model.prompts, [change.channel]: change.prompts } } : model;
    case 'ephemeral': {
      const { user, message } = change;
      const others = model.ephemerals.filter((other) => other.user !== user || other.message.ts !== message.ts);
      return { ...model, ephemerals: [...others, { user, message }] };
    }
  }
}

function removed(model: Model, { channel, ts }: { readonly channel: string; readonly ts: string }): Model {
  const ephemerals = model.ephemerals.filter(({ message }) => message.channel !== channel || message.ts !== ts);
  // A thread without its first message, and without replies, is nowhere any more.
  const kept = model.channel === channel && model.thread === ts ? acted(model, { kind: 'closed-thread' }) : model;
  return withMessages({ ...kept, ephemerals }, channel, (messages) => messages.filter((message) => message.ts !== ts));
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

/** What is in the open channel counts as seen. */
function markSeen(model: Model): Model {
  const last = model.messages[model.channel]?.at(-1)?.ts ?? '';
  const key = `${model.me}:${model.channel}`;
  return model.seen[key] === last ? model : { ...model, seen: { ...model.seen, [key]: last } };
}

/** Adds events to a question's road, once each, in the order of time. */
function withRoad(model: Model, question: string, more: readonly RoadEvent[]): Model {
  const known = model.roads[question] ?? [];
  const added = more.filter(({ id }) => !known.some((event) => event.id === id));
  const events = [...known, ...added].sort((one, other) => one.at - other.at || one.id - other.id);
  return { ...model, roads: { ...model.roads, [question]: events } };
}
