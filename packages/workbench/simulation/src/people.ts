import { readRetryValue } from '@vera/protocol/action';
import { decisionActionIds, readDecisionValue } from '@vera/protocol/decision';
import { type Question, questionIdOf } from '@vera/protocol/question';
import type { Deployment } from './deployment.ts';
import { askFor } from './fakes/fake-agent.ts';
import type { FakeMessage } from './fakes/fake-slack.ts';
import { botUserId, type World } from './world.ts';

const place = { teamId: 'T01', channelId: 'C01' };
const userId = 'UANN';

/** What the one who asks does: asks, and presses what there is to press. Gives the questions, once they are asked. */
export function letPeopleAct(world: World, vera: Deployment): readonly Question[] {
  const { plan, schedule } = world;
  const asked: Question[] = [];
  for (const [index, planned] of plan.questions.entries())
    schedule.in(planned.at, () => {
      const text = askFor(planned.errand, `q${index + 1}`);
      const person = planned.isOthers ? 'UBOB' : userId;
      const messageTs = world.slack.write(person, text, planned.isReply ? asked[0]?.threadTs : undefined);
      const question = { ...questionOf(messageTs, asked[0]?.threadTs ?? messageTs, text), userId: person };
      asked.push(question);
      for (let copy = 0; copy < planned.copies; copy += 1) vera.deliver({ kind: 'question', question });
    });
  const { stopAt } = plan;
  if (stopAt !== undefined)
    schedule.in(stopAt, () =>
      vera.deliver(
        { kind: 'action', action: { kind: 'stop', ...place, threadTs: asked[0]?.threadTs ?? '', userId, ts: world.slack.nextTs() } },
        1,
      ),
    );
  const known = new Set<string>();
  world.onMessage = (message) => press({ world, vera, known }, message);
  return asked;
}

function questionOf(messageTs: string, threadTs: string, text: string): Question {
  const flags = { isDirect: false, isExternal: false, files: [] };
  const people = { userId, userTeamId: 'T01', botUserId };
  return { kind: 'question', id: questionIdOf({ ...place, messageTs }), ...place, messageTs, threadTs, text, ...people, ...flags };
}

interface Hands {
  readonly world: World;
  readonly vera: Deployment;
  /** Nobody decides twice about what they see: the buttons that were thought about. */
  readonly known: Set<string>;
}

function press(hands: Hands, message: FakeMessage): void {
  const { known } = hands;
  for (const { action_id, value } of buttonsIn(message)) {
    if (known.has(value)) continue;
    if (action_id === decisionActionIds.approve) decide(hands, message, value);
    else if (readRetryValue(value) && known.size < 10) retry(hands, message, value);
    else continue;
    known.add(value);
  }
}

function decide({ world, vera }: Hands, { thread_ts: threadTs }: FakeMessage, value: string): void {
  const { plan, schedule } = world;
  const read = readDecisionValue(value);
  if (plan.hasDeployment) schedule.in(3_000, () => vera.deploy());
  if (!read || plan.decision === 'never') return;
  const verdict = plan.decision === 'deny' ? 'deny' : 'approve';
  const click = () => vera.deliver({ kind: 'action', action: { kind: 'decision', ...place, threadTs, userId, ...read, verdict } }, 2);
  clickAfter(world, plan.decision === 'late' ? 890_000 + schedule.random.between(0, 30_000) : schedule.random.between(200, 40_000), click);
}

function retry({ world, vera, known }: Hands, { thread_ts: threadTs }: FakeMessage, value: string): void {
  const { plan, schedule } = world;
  const read = readRetryValue(value);
  const retries = [...known].filter((one) => readRetryValue(one)).length;
  if (!read || retries >= plan.retries) return;
  clickAfter(world, schedule.random.between(1_000, 30_000), () => {
    vera.deliver({ kind: 'action', action: { kind: 'retry', ...place, threadTs, userId, ...read } }, 2);
  });
}

function clickAfter({ plan, schedule }: World, milliseconds: number, click: () => void): void {
  schedule.in(milliseconds, click);
  // At once, by an impatient finger, or later, as nothing seemed to happen.
  if (plan.isClickedTwice) schedule.in(milliseconds + schedule.random.between(0, schedule.random.pick([80, 2_000, 20_000])), click);
}

type Button = { readonly action_id: string; readonly value: string };

function buttonsIn({ blocks }: FakeMessage): readonly Button[] {
  const elements = blocks.flatMap((block) => (Array.isArray(block.elements) ? (block.elements as Partial<Button>[]) : []));
  return elements.flatMap(({ action_id = '', value = '' }) => (action_id === '' ? [] : [{ action_id, value }]));
}
