import { readRetryValue } from '@vera/protocol/action';
import { decisionActionIds, readDecisionValue } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import { changeMinds } from './change-minds.ts';
import type { Deployment } from './deployment.ts';
import { askFor } from './fakes/fake-agent.ts';
import { buttonsIn, type FakeMessage } from './fakes/fake-slack.ts';
import { people, place, questionOf } from './question-of.ts';
import type { World } from './world.ts';

const userId = people.asker;

/** What the one who asks does: asks, and presses what there is to press. Gives the questions, once they are asked. */
export function letPeopleAct(world: World, vera: Deployment): readonly Question[] {
  const { plan, schedule } = world;
  const asked: Question[] = [];
  for (const [index, planned] of plan.questions.entries())
    schedule.in(planned.at, () => {
      // In a thread that is gone nobody writes.
      if (planned.isReply && !world.slack.hasThread(asked[0]?.threadTs)) return;
      const text = askFor(planned.errand, `q${index + 1}`);
      const person = planned.isOthers ? people.colleague : userId;
      const messageTs = world.slack.write(person, text, planned.isReply ? asked[0]?.threadTs : undefined);
      const question = questionOf(messageTs, asked[0]?.threadTs ?? messageTs, text, person);
      asked.push(question);
      changeMinds({ world, vera, asked }, 'asked', question);
      schedule.in(planned.lateness, () => {
        for (let copy = 0; copy < planned.copies; copy += 1) vera.deliver({ kind: 'question', question });
      });
    });
  const { stopAt } = plan;
  if (stopAt !== undefined)
    schedule.in(stopAt, () => {
      const action = { kind: 'stop', ...place, threadTs: asked[0]?.threadTs ?? '', userId, ts: world.slack.nextTs() } as const;
      const meant = world.meantBy(action, asked);
      vera.deliver({ kind: 'action', action }, { mostTimes: 1, taken: () => world.stopped(meant, action) });
    });
  const hands = { world, vera, asked, known: new Set<string>(), changed: new Set<string>() };
  world.onMessage = (message) => press(hands, message);
  return asked;
}

interface Hands {
  readonly world: World;
  readonly vera: Deployment;
  readonly asked: readonly Question[];
  /** Nobody decides twice about what they see: the buttons that were thought about. */
  readonly known: Set<string>;
  /** What somebody thought about once more, and on what occasion. */
  readonly changed: Set<string>;
}

function press(hands: Hands, message: FakeMessage): void {
  const { known } = hands;
  for (const { action_id, value } of buttonsIn(message)) {
    if (known.has(value)) continue;
    if (action_id === decisionActionIds.approve) {
      decide(hands, message, value);
      const about = hands.asked.find(({ messageTs }) => messageTs === readDecisionValue(value)?.messageTs);
      if (about) changeMinds(hands, 'card', about, message.ts);
      thinkAgain(hands, 'card', about);
    } else if (readRetryValue(value) && known.size < 10) retry(hands, message, value);
    else continue;
    known.add(value);
  }
}

/** All that is said in the thread is thought about at its first card, and at its first yes; whose card it is, at each of theirs. */
function thinkAgain(hands: Hands, since: 'card' | 'yes', but?: Question): void {
  for (const question of hands.asked) {
    const occasion = `${since} ${question.messageTs}`;
    if (question !== but && !hands.changed.has(occasion)) changeMinds(hands, since, question);
    hands.changed.add(occasion);
  }
}

function decide(hands: Hands, { thread_ts: threadTs }: FakeMessage, value: string): void {
  const { world, vera } = hands;
  const { plan, schedule } = world;
  const read = readDecisionValue(value);
  if (plan.hasDeployment) schedule.in(3_000, () => vera.deploy());
  if (!read || plan.decision === 'never') return;
  const verdict = plan.decision === 'deny' ? 'deny' : 'approve';
  const action = { kind: 'decision', ...place, threadTs, userId, ...read, verdict } as const;
  const click = () => {
    if (verdict === 'approve') thinkAgain(hands, 'yes');
    vera.deliver({ kind: 'action', action }, { mostTimes: 2 });
  };
  clickAfter(world, plan.decision === 'late' ? 890_000 + schedule.random.between(0, 30_000) : schedule.random.between(200, 40_000), click);
}

function retry({ world, vera, asked, known }: Hands, { thread_ts: threadTs }: FakeMessage, value: string): void {
  const { plan, schedule } = world;
  const read = readRetryValue(value);
  const retries = [...known].filter((one) => readRetryValue(one)).length;
  if (!read || retries >= plan.retries) return;
  clickAfter(world, schedule.random.between(1_000, 30_000), () => {
    const ts = world.slack.nextTs();
    const again = asked.find(({ messageTs }) => messageTs === read.messageTs);
    if (again) world.triedAgain(again, ts);
    vera.deliver({ kind: 'action', action: { kind: 'retry', ...place, threadTs, userId, ts, ...read } }, { mostTimes: 2 });
  });
}

function clickAfter({ plan, schedule }: World, milliseconds: number, click: () => void): void {
  schedule.in(milliseconds, click);
  // At once, by an impatient finger, or later, as nothing seemed to happen.
  if (plan.isClickedTwice) schedule.in(milliseconds + schedule.random.between(0, schedule.random.pick([80, 2_000, 20_000])), click);
}
