import type { Model } from '@vera/bedrock-stand-in/model';
import { decisionActionIds } from '@vera/protocol/decision';
import { questionIdOf } from '@vera/protocol/question';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { demoWorkspace } from '@vera/start/demo-workspace';
import type { Answer, EvalCase, Outcome, Person, SaidStep, Step, Usage } from './eval-case.ts';
import { callsIn } from './tool-calls.ts';
import { connectAtlassian } from './world/connect-atlassian.ts';
import { type LogLine, startWorld, type World } from './world/start-world.ts';

interface Asked {
  readonly id: string;
  readonly channel: string;
  readonly threadTs: string;
}

/** Plays a case in a world of its own, with this model, and hands what came of it to `look` before that world ends. */
export async function runCase<Seen>(
  { steps, settings = {} }: EvalCase,
  model: Model,
  look: (outcome: Outcome) => Promise<Seen> | Seen,
): Promise<Seen> {
  await using world = await startWorld({ model, settings });
  const played = new Played(world);
  for (const step of steps) await played.play(step);
  await world.idle();
  return look(played.outcome());
}

/** The questions of a case while it is played. */
class Played {
  private readonly asked: Asked[] = [];
  /** Where the first step began, for all that say no other place. */
  private thread: Pick<Asked, 'channel' | 'threadTs'> | undefined;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  async play(step: Step): Promise<void> {
    if ('says' in step) await this.say(step);
    else if ('presses' in step) await this.press(step.presses, step.by ?? 'maya');
    else if ('connects' in step) await this.ending(async () => connectAtlassian(this.world, idOf(step.connects)), false);
    else await step.does(this.world);
  }

  private async say({ says, by = 'maya', in: place, files, isAside = false }: SaidStep): Promise<void> {
    const { slack } = this.world;
    const channel = place === undefined ? (this.thread?.channel ?? channelOf('#it-help', by)) : channelOf(place, by);
    const goesOn = place === undefined && this.thread;
    const isDirect = channel.startsWith('D');
    const text = isDirect || isAside ? says : `<@${slack.workspace.botUserId}> ${says}`;
    const message = { user: idOf(by), channel, text, ...(files ? { files } : {}), ...(goesOn ? { threadTs: goesOn.threadTs } : {}) };
    const post = async () => {
      const { ts } = slack.post(message);
      this.thread ??= { channel, threadTs: ts };
      if (place !== undefined) this.thread = { channel, threadTs: ts };
      const id = questionIdOf({ teamId: slack.workspace.teamId, channelId: channel, messageTs: ts });
      if (!isAside) this.asked.push({ id, channel, threadTs: goesOn ? goesOn.threadTs : ts });
    };
    await this.ending(post, !isAside);
  }

  private async press(verdict: 'approve' | 'deny', by: Person): Promise<void> {
    const card = this.cards().findLast((message) => buttonOf(message, decisionActionIds[verdict]) !== undefined);
    if (!card) throw new Error(`There is no card with buttons: ${this.outcome().answers.at(-1)?.text ?? 'nothing was said'}`);
    const actionId = decisionActionIds[verdict];
    const click = { user: idOf(by), channel: card.channel, messageTs: card.ts, actionId, value: buttonOf(card, actionId) ?? '' };
    const from = this.world.lines.length;
    await this.world.slack.click(click);
    const isDecided = this.world.lines.slice(from).some(({ event }) => event === 'change.decided');
    if (isDecided) await this.over(from);
    await this.world.idle();
  }

  /** Does something, and waits until the question that it leads to is over, or waits for a person. */
  private async ending(act: () => Promise<void>, isAwaited: boolean): Promise<void> {
    const from = this.world.lines.length;
    await act();
    if (isAwaited) await this.over(from);
    await this.world.idle();
  }

  private async over(from: number): Promise<void> {
    const id = this.asked.at(-1)?.id;
    await this.world.line(from, (line) => line.question === id && stateIn(line) !== undefined);
  }

  private cards(): readonly SlackMessage[] {
    const threads = new Map(this.asked.map((asked) => [asked.threadTs, asked]));
    const messages = [...threads.values()].flatMap(({ channel, threadTs }) => this.world.slack.messages(channel, threadTs));
    return messages.filter(({ metadata }) => metadata?.event_type === 'vera_change');
  }

  outcome(): Outcome {
    const { world } = this;
    const requests = world.services.bedrock.requests;
    return {
      answers: this.asked.map((asked) => this.answerTo(asked)),
      requests,
      calls: callsIn(requests.map(({ messages }) => messages)),
      cards: this.cards(),
      usage: usageIn(world.lines),
      world,
    };
  }

  private answerTo({ id, channel, threadTs }: Asked): Answer {
    const messages = this.world.slack.messages(channel, threadTs).filter((message) => replyMarkOf(message as never)?.question === id);
    const last = this.world.lines.findLast((line) => line.question === id && stateIn(line) !== undefined);
    return {
      state: (last && stateIn(last)) ?? 'waiting',
      ...(typeof last?.code === 'string' ? { reason: last.code } : {}),
      text: messages.map(({ markdown, text }) => markdown ?? text).join('\n---\n'),
      messages,
    };
  }
}

const ends: Readonly<Record<string, Answer['state']>> = {
  'question.answered': 'answered',
  'question.failed': 'failed',
  'question.stopped': 'stopped',
  'question.refused': 'refused',
  'question.let-go': 'waiting',
};

function stateIn({ event }: LogLine): Answer['state'] | undefined {
  return ends[event];
}

function usageIn(lines: readonly LogLine[]): Usage {
  const calls = lines.filter(({ event }) => event === 'model.called');
  const sum = (field: string) => calls.reduce((total, line) => total + Number(line[field] ?? 0), 0);
  return {
    input: sum('inputTokens'),
    output: sum('outputTokens'),
    cacheRead: sum('cacheReadTokens'),
    cacheWrite: sum('cacheWriteTokens'),
  };
}

function idOf(person: Person): string {
  const user = demoWorkspace.users.find(({ name }) => name === person);
  if (!user) throw new Error(`Nobody is called ${person}.`);
  return user.id;
}

function channelOf(place: string, by: Person): string {
  const name = place === 'dm' ? by : place.replace(/^#/, '');
  const channel = demoWorkspace.channels.find((one) => one.name === name);
  if (!channel) throw new Error(`There is no channel ${place}.`);
  return channel.id;
}

function buttonOf(card: SlackMessage, actionId: string): string | undefined {
  const elements = card.blocks?.flatMap((block) =>
    block.type === 'actions' ? (block.elements as { action_id: string; value: string }[]) : [],
  );
  return elements?.find(({ action_id }) => action_id === actionId)?.value;
}
