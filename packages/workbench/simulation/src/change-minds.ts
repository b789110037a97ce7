import type { StopAction } from '@vera/protocol/action';
import type { Question } from '@vera/protocol/question';
import type { Verdict } from '@vera/protocol/verdict';
import type { Deployment } from './deployment.ts';
import { nameOf } from './fakes/fake-agent.ts';
import type { PlannedMind } from './plan/planned-mind.ts';
import { people, place, questionOf } from './question-of.ts';
import type { World } from './world.ts';

/** Where people change their minds. */
interface Minds {
  readonly world: World;
  readonly vera: Deployment;
  readonly asked: readonly Question[];
}

/** Has people edit, delete and stop as they planned it since then. `about`: the card that stands there since. */
export function changeMinds(minds: Minds, since: PlannedMind['since'], question: Question, about?: string): void {
  const { plan, schedule } = minds.world;
  for (const [index, mind] of plan.minds.entries())
    if (mind.since === since && nameOf(question.text) === `q${mind.question + 1}`)
      schedule.in(mind.milliseconds, () => changeMind(minds, mind, { question, version: 'bcdefg'.charAt(index), about }));
}

interface Meant {
  readonly question: Question;
  /** A letter of its own for its words. */
  readonly version: string;
  readonly about: string | undefined;
}

function changeMind(minds: Minds, mind: PlannedMind, { question, version, about }: Meant): void {
  const { world } = minds;
  if (world.slack.isGone(question.messageTs)) return;
  const words = mind.kind === 'edit' ? `${question.text}${version}` : question.text;
  switch (mind.kind) {
    case 'edit':
    case 'edit-back':
      edit(minds, mind, question, words);
      break;
    case 'edit-to-stop':
      world.slack.edit(question.messageTs, 'stop');
      stop(minds, mind, question, { threadTs: question.threadTs, about: question.messageTs, userId: question.userId });
      break;
    case 'delete':
      remove(minds, mind, question);
      break;
    case 'stop-reaction':
      stop(minds, mind, question, { about: about ?? question.messageTs, userId: stopperOf(mind, question) });
      break;
    case 'stop-words':
      stopInWords(minds, mind, question);
  }
}

function stopperOf({ by }: PlannedMind, { userId }: Pick<Question, 'userId'>): string {
  if (by === 'asker') return userId;
  return people[by];
}

function edit({ world, vera }: Minds, mind: PlannedMind, question: Question, text: string): void {
  const ts = world.slack.edit(question.messageTs, text);
  // As the receiver makes it of Slack's time of the edit, in whole seconds, and that of the event.
  const editedTs = `${Math.floor(Number(ts))}.000000 ${ts}`;
  const wording = { name: nameOf(text), editedTs };
  world.minds.edit(wording);
  deliver({ world, vera }, mind, { kind: 'edit', meantAs: 'question', question: { ...question, text, editedTs } }, () =>
    world.edited(wording),
  );
}

function remove({ world, vera }: Minds, mind: PlannedMind, question: Question): void {
  world.slack.remove(question.messageTs);
  const { teamId, channelId, threadTs, messageTs } = question;
  deliver({ world, vera }, mind, { kind: 'withdrawal', meantAs: 'question', message: { teamId, channelId, threadTs, messageTs } }, () =>
    world.deleted(question),
  );
}

function stop(minds: Minds, mind: PlannedMind, question: Question, given: Pick<StopAction, 'about' | 'threadTs' | 'userId'>): void {
  const action = { kind: 'stop', ...place, ...given, ts: minds.world.slack.nextTs() } as const;
  const meant = minds.world.meantBy(action, [question]);
  deliver(minds, mind, { kind: 'action', action }, () => minds.world.stopped(meant, action));
}

function stopInWords(minds: Minds, mind: PlannedMind, asked: Question): void {
  const { world } = minds;
  const { threadTs } = asked;
  if (!world.slack.hasThread(threadTs)) return;
  const userId = stopperOf(mind, asked);
  const ts = world.slack.write(userId, 'stop', threadTs);
  const action = { kind: 'stop', ...place, threadTs, userId, ts } as const;
  const said = { kind: 'question', question: questionOf(ts, threadTs, 'stop', userId) } as const;
  const meant = world.meantBy(action, minds.asked);
  deliver(minds, mind, { kind: 'stop', stop: action, said }, () => world.stopped(meant, action));
}

/** As Slack does, in any order with everything else; `taken`, when it is told that it arrived. */
function deliver(
  { world, vera }: Pick<Minds, 'world' | 'vera'>,
  { copies, lateness }: PlannedMind,
  verdict: Verdict,
  taken: () => void,
): void {
  for (let copy = 0; copy < copies; copy += 1)
    world.schedule.in(lateness + copy * world.schedule.random.pick([0, 3_000, 20_000]), () => vera.deliver(verdict, { taken }));
}
