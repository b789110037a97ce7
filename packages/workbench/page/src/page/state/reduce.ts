import type { PageState } from '../../page-server/page-state.ts';
import type { Action, Restored } from './action.ts';
import type { Model } from './model.ts';
import { channelsOf, directChannelOf, speakersOf } from './places.ts';
import { told } from './told.ts';
import { markSeen } from './unread.ts';
import { withRoad } from './with-road.ts';

/** The page after an action; undefined until the server has told its state. */
export function reduce(model: Model | undefined, action: Action): Model | undefined {
  if (action.kind === 'told' && action.event.kind === 'state') return fromState(model, action.event.state, action.restored);
  if (!model) return model;
  const next = acted(model, action);
  return next.channel === model.channel && next.me === model.me && next.messages === model.messages ? next : markSeen(next);
}

function acted(model: Model, action: Action): Model {
  const { thread: _thread, chosenQuestion: _question, problem: _problem, ...bare } = model;
  const chosen = model.chosenQuestion === undefined ? {} : { chosenQuestion: model.chosenQuestion };
  const open = model.thread === undefined ? {} : { thread: model.thread };
  switch (action.kind) {
    case 'told':
      return told(model, action.event);
    case 'connection-lost':
      return { ...model, isConnectionLost: true };
    case 'spoke-as':
      return speakAs(model, action.user);
    case 'opened-channel':
      return { ...bare, channel: action.channel };
    case 'opened-thread':
      return { ...bare, thread: action.thread };
    case 'closed-thread':
      return bare;
    case 'opened-road':
      return { ...bare, ...open, isRoadOpen: true, ...(action.question === undefined ? {} : { chosenQuestion: action.question }) };
    case 'closed-road':
      return { ...bare, ...open, isRoadOpen: false };
    case 'loaded-road':
      return withRoad(model, action.question, action.events);
    case 'refused':
      return { ...model, problem: action.problem };
    case 'dismissed-problem':
      return { ...bare, ...open, ...chosen };
  }
}

/** A person sees their own channels and their own direct messages with Vera. */
function speakAs(model: Model, user: string): Model {
  const { thread, chosenQuestion: _question, ...rest } = model;
  const channels = channelsOf(model.workspace, user);
  const current = model.workspace.channels.find(({ id }) => id === model.channel);
  if (channels.some(({ id }) => id === model.channel)) return { ...rest, me: user, ...(thread === undefined ? {} : { thread }) };
  const channel = current?.kind === 'im' ? directChannelOf(model.workspace, user) : channels[0];
  return { ...rest, me: user, channel: channel?.id ?? model.channel };
}

/** The server's state replaces what it told before; what was chosen stays. */
function fromState(model: Model | undefined, state: PageState, restored: Restored): Model {
  const { workspace, ephemerals, questions } = state;
  const { problem: _problem, ...choice } = model ?? firstChoice(state, restored);
  const messages = Object.groupBy(state.messages, ({ channel }) => channel) as Model['messages'];
  const sessions = Object.fromEntries(state.sessions.map(({ channel, threadTs, session }) => [`${channel}:${threadTs}`, session]));
  const next = { roads: {}, ...choice, workspace, ephemerals, questions, messages, sessions, isConnectionLost: false };
  if (model) return markSeen({ ...next, seen: model.seen });
  const seen = workspace.users.flatMap(({ id }) =>
    workspace.channels.map((channel) => [`${id}:${channel.id}`, messages[channel.id]?.at(-1)?.ts ?? '']),
  );
  return { ...next, seen: Object.fromEntries(seen) };
}

type Choice = Pick<Model, 'me' | 'channel' | 'thread' | 'isRoadOpen' | 'problem'>;

function firstChoice({ workspace, messages }: PageState, { me, channel, thread, isRoadOpen }: Restored): Choice {
  const speakers = speakersOf(workspace);
  const user = speakers.find(({ id }) => id === me) ?? speakers[0];
  const channels = channelsOf(workspace, user?.id ?? '');
  const chosen = channels.find(({ id }) => id === channel) ?? channels[0];
  const isThere = messages.some(({ channel: place, ts }) => place === chosen?.id && ts === thread);
  return { me: user?.id ?? '', channel: chosen?.id ?? '', isRoadOpen, ...(thread !== undefined && isThere ? { thread } : {}) };
}
