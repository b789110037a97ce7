import { textLimits } from '@vera/protocol/shorten';
import type { Connection } from '../accounts/account-desk.ts';
import { plainName } from '../plain-name.ts';
import type { Abilities } from './abilities.ts';

/** A click sends the message as it stands. */
export interface Prompt {
  readonly title: string;
  readonly message: string;
}

export interface Occasion {
  readonly abilities: Abilities;
  readonly connections: readonly Connection[] | 'none' | undefined;
  /** A channel that the person has before them, and that Vera may read. */
  readonly channelName?: string | undefined;
}

/** Slack takes no more: https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
const most = 4;

const always: Prompt = { title: 'What can you do?', message: 'What can you help me with?' };

/** The nearest of them, as many as Slack shows. */
export function suggestedPrompts(occasion: Occasion): readonly Prompt[] {
  const near = allPrompts(occasion).filter((prompt) => prompt !== always);
  return [...near.slice(0, most - 1), always];
}

/** Questions that can be answered here for this person, the nearest first. */
export function allPrompts({ abilities, connections, channelName }: Occasion): readonly Prompt[] {
  const { systems, documents, readsSlack, changes, remembers } = abilities;
  const there = new Set(systems.map((system) => system.toLowerCase()));
  const ofSystems = [...bySystem].flatMap(([system, prompt]) => (there.has(system) ? [prompt] : []));
  return [
    ...(channelName !== undefined && readsSlack ? [inChannel(plainName(channelName, textLimits.name))] : []),
    ...ofSystems.slice(0, 1),
    ...(changes ? byAccount(connections) : []),
    ...(documents.length > 0 ? [{ title: 'Where do I begin?', message: 'Which documents should somebody new here read first?' }] : []),
    ...(remembers ? [{ title: 'What do you remember?', message: 'What do you remember of me?' }] : []),
    ...ofSystems.slice(1),
    always,
  ];
}

function inChannel(name: string): Prompt {
  return { title: `Catch up on #${name}`, message: `What was decided in #${name} in the last days?` };
}

/** Whoever has no account here is not led to what needs one. */
function byAccount(connections: Occasion['connections']): readonly Prompt[] {
  if (!Array.isArray(connections)) return [];
  const isReady = connections.some(({ provider: { name }, account }) => name === 'Atlassian' && account?.state === 'connected');
  if (isReady) return [{ title: 'Open a ticket', message: 'Please open a Jira ticket.' }];
  const hasAny = connections.some(({ account }) => account !== undefined);
  return hasAny || connections.length === 0 ? [] : [{ title: 'Connect my accounts', message: 'connect my accounts' }];
}

/** The likeliest first. */
const bySystem: ReadonlyMap<string, Prompt> = new Map(
  Object.entries({
    pagerduty: { title: 'Who is on call?', message: 'Who is on call right now?' },
    github: { title: 'Open pull requests', message: 'Which pull requests are waiting for a review?' },
    jira: { title: 'What changed in Jira?', message: 'Which Jira issues changed today?' },
    splunk: { title: 'Errors in the logs', message: 'Which errors are in the logs of the last hour?' },
    aws: { title: 'Alarms in AWS', message: 'Is any alarm ringing in AWS?' },
    azure: { title: 'Trouble in Azure', message: 'Is anything unhealthy in Azure?' },
  }),
);
