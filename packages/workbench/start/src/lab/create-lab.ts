import { setTimeout as sleep } from 'node:timers/promises';
import { type Lab, type LabState, NothingToBreak } from '@vera/page/lab';
import type { Road } from '@vera/page/road';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { FaultSwitch, lasting } from './fault-switch.ts';
import { type Broken, labFaultsOf } from './lab-faults.ts';
import { labStories } from './lab-stories.ts';
import { watchOpenRoads } from './open-roads.ts';

export interface LabParts {
  readonly system: Broken;
  readonly road: Road;
  /** Whether answers come from the emulated Bedrock. */
  readonly hasModel: boolean;
}

/** The lab of a system that runs; ending it mends what is broken. What it does stands on the roads of the questions it is done to. */
export function createLab({ system, road, hasModel }: LabParts): Lab & Disposable {
  const { slack } = system;
  const listeners = new Set<(state: LabState) => void>();
  const onRoads = watchOpenRoads(road, () => switches.filter(({ state }) => state === 'on').map(({ what }) => what));
  const parts = {
    onChange() {
      for (const listener of listeners) listener(stateOf(switches));
    },
    onStrike: (what: string) => onRoads.note('lab.struck', what),
    onMend: (what: string) => onRoads.note('lab.mended', what),
  };
  const switches = labFaultsOf({ system, hasModel, isAtWork: () => onRoads.isAtWork }).map((fault) => new FaultSwitch(fault, parts));
  const switchOf = (id: string) => named(switches, ({ fault }) => fault.id === id, `There is no fault "${id}" here.`);
  const over = new AbortController();
  return {
    get state() {
      return stateOf(switches);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    toggle: (id) => switchOf(id).toggle(),
    play(id, user) {
      const story = named(labStories, (one) => one.id === id, `There is no story "${id}" here.`);
      const fault = switchOf(story.fault);
      const channel = directChannelOf(slack, user);
      if (story.when === 'before it is asked') fault.strike(story.seconds);
      const { ts } = slack.post({ user, channel, text: story.question });
      if (story.when === 'in mid-answer') {
        const strike = async () => (await isBeingAnswered(slack, { channel, ts }, over.signal)) && fault.strike(story.seconds);
        void strike();
      }
      return { channel, ts };
    },
    [Symbol.dispose]() {
      over.abort();
      onRoads[Symbol.dispose]();
      for (const one of switches) one.end();
    },
  };
}

function stateOf(switches: readonly FaultSwitch[]): LabState {
  const faults = switches.map(({ fault: { id, part, label, seen, seconds }, state, words }) => {
    return { id, part, label: lasting(label, seconds), seen, state, words };
  });
  const stories = labStories.filter((story) => faults.some(({ id }) => id === story.fault));
  return { faults, stories: stories.map(({ id, title, seen }) => ({ id, title, seen })) };
}

function named<Thing>(things: readonly Thing[], isMeant: (thing: Thing) => boolean, otherwise: string): Thing {
  const found = things.find(isMeant);
  if (!found) throw new NothingToBreak(otherwise);
  return found;
}

/** Every story is told between one person and Vera: nobody else is disturbed. */
function directChannelOf({ workspace: { channels, botUserId } }: SlackEmulator, user: string): string {
  const isTheirs = (members: readonly string[]) => members.includes(user) && members.includes(botUserId);
  return named(channels, ({ kind, members }) => kind === 'im' && isTheirs(members), 'Stories are told in direct messages with Vera.').id;
}

/** There is something of an answer to read, and more to come. */
const enough = 60;
const longestWait = 120_000;

/** False when none came that could be interrupted. */
async function isBeingAnswered(
  slack: SlackEmulator,
  { channel, ts }: { readonly channel: string; readonly ts: string },
  signal: AbortSignal,
): Promise<boolean> {
  const isUnderWay = ({ streaming_state, markdown }: SlackMessage) =>
    streaming_state === 'in_progress' && (markdown ?? '').length >= enough;
  for (const end = performance.now() + longestWait; performance.now() < end && !signal.aborted; ) {
    if (slack.messages(channel, ts).some(isUnderWay)) return true;
    await sleep(20, undefined, { ref: false });
  }
  return false;
}
