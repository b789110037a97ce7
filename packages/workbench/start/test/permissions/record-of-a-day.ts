import type { AwsCall } from '@vera/aws-stand-in/call-record';
import type { Statement } from '@vera/aws-stand-in/iam/statement';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { failuresQueues, names } from '../../src/names.ts';
import { createChangePerson } from '../support/change-person.ts';
import { createPortalVisitor } from '../support/portal-visitor.ts';
import { type Asked, startTestSystem, type TestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';
import { letQuestionWait } from '../support/waiting-question.ts';

/** Where the worker looks, and what the role it takes on for that may do there. */
interface AwsToLookAt {
  readonly account: string;
  readonly statements: readonly Statement[];
}

interface DayOptions {
  readonly authorizer: 'cognito' | 'iam';
  readonly aws: AwsToLookAt | undefined;
  readonly platform?: 'v2' | 'lambda';
}

/** Runs the whole system through everything that makes a component call AWS, and gives the calls, one of each kind. */
export async function recordOfADay({ authorizer, aws, platform = 'v2' }: DayOptions): Promise<readonly AwsCall[]> {
  let isDead = false;
  await using system = await startTestSystem(
    scriptedModel((request) => turnOf(request, isDead)),
    {
      // A slow machine must not take for lost what is only slow.
      timings: { receiverGrace: 4, sweeperGrace: 8, unheld: 20, lease: 6, heartbeat: 1, stopAfter: 5 },
      sweepEvery: 250,
      // So short that each use begins with a refresh.
      worker: { platform },
      tools: testTools({ authorizer, tokenSeconds: 200, ...(aws ? { aws: { ...aws, answers: instances } } : {}) }),
    },
  );
  // Whoever acts first on a day writes the first line of its audit log: this day it is the sweeper.
  await system.until(() => system.record.calls.some(isLineOfSweeper), 'the first line of the audit log', patience);
  const delivered = disturbDeliveries(system);
  await Promise.all([
    aConversation(system, delivered),
    aStop(system),
    aStopByReaction(system),
    aDeathOfTheWorker(system, () => {
      isDead = true;
    }),
    aLoss(system),
    aConnection(system),
    aCommand(system),
    aChange(system),
    aMemory(system),
    ...[names.invoker, ...(platform === 'lambda' ? [names.worker] : [])].map((name) => aFailedHandOver(system, name)),
    ...(aws ? [aLookAtAws(system)] : []),
  ]);
  const isStop = ({ action }: AwsCall) => action === 'bedrock-agentcore:StopRuntimeSession';
  if (platform !== 'lambda') await system.until(() => system.record.calls.some(isStop), 'a session that is stopped', patience);
  // Whoever sets the tables up is no component.
  return oneOfEach(system.record.calls.filter(({ component }) => component !== 'deployment'));
}

/** By what IAM looks at: a day has some two thousand calls and eighty kinds, and the proof is made anew for each change of a grant. */
function oneOfEach(calls: readonly AwsCall[]): readonly AwsCall[] {
  const kindOf = ({ component, action, resource, context }: AwsCall) => JSON.stringify([component, action, resource, context]);
  return [...new Map(calls.map((call) => [kindOf(call), call])).values()];
}

function isLineOfSweeper({ component, action, resource }: AwsCall): boolean {
  return component === names.sweeper && action === 'dynamodb:PutItem' && resource.endsWith(`/${names.auditTable}`);
}

const patience = 60_000;

/** Looks the printer up, hangs where something is to happen meanwhile, and answers all else. */
function turnOf({ messages }: ConverseRequest, isDead: boolean): ScriptedTurn {
  const last = JSON.stringify(messages.at(-1)?.content);
  if (last.includes('i-0123456789')) return 'One instance runs.';
  if (last.includes('toolResult')) return 'The tray is at the back [1].';
  if (last.includes('on call')) return [{ call: 'gateway_pagerduty___listOnCalls', input: {} }];
  if (last.includes('instances')) {
    const code = 'await call_boto3(service_name="ec2", operation_name="DescribeInstances")';
    return [{ call: 'aws_aws___run_script', input: { code } }];
  }
  if (last.includes('write it down')) {
    return [{ call: 'create_jira_issue', input: { project: 'PAY', issue_type: 'Bug', summary: 'Terminals are offline' } }];
  }
  if (last.includes('bullet points')) return [{ call: 'remember', input: { kind: 'preference', text: 'answer me in bullet points' } }];
  if (last.includes('printer')) return [{ call: 'search_knowledge_base', input: { query: 'printer paper jam' } }];
  if (last.includes('stop this') || (last.includes('dies at first') && !isDead)) return [{ hang: true }];
  return 'Fine.';
}

/** Loses every event of the question that is never delivered; gives what the invoker was told, by the text of the question. */
function disturbDeliveries({ lambda }: TestSystem): (text: string) => unknown {
  const payloads: string[] = [];
  lambda.disturb(({ functionName, payload }) => {
    if (functionName === names.invoker) payloads.push(payload);
    return payload.includes('never delivered') ? { drop: true } : undefined;
  });
  return (text) => JSON.parse(payloads.find((payload) => payload.includes(text)) ?? 'null');
}

/** A question with a search, its feedback, a follow-up, and the same question delivered once more when all is said. */
async function aConversation(system: TestSystem, delivered: (text: string) => unknown): Promise<void> {
  const asked = system.ask({ text: 'the printer has a paper jam' });
  const reply = (await system.answered(asked, patience)).at(-1);
  const click = { user: 'U0BOB', channel: asked.channel, messageTs: reply?.ts ?? '' };
  await system.slack.click({ ...click, actionId: 'feedback', value: `good:${asked.ts}` });
  await system.answered(system.ask({ text: 'and then?', threadTs: asked.ts }), patience);
  await system.until(() => system.log.some(({ event }) => event === 'feedback.recorded'), 'the feedback', patience);
  await system.lambda.invoke(names.invoker, delivered('the printer has a paper jam'));
}

/** An account connected, for which a question waited, and ended. */
async function aConnection(system: TestSystem): Promise<void> {
  const { id } = await letQuestionWait(system, { userId: 'U0ANN', provider: 'github', text: 'waits, and is never delivered' });
  const ann = createPortalVisitor(system, 'U0ANN');
  await ann.signIn();
  await ann.connect('github', '1');
  await system.until(
    () => system.log.some(({ event, question }) => event === 'question.resumed' && question === id),
    'the waiting question',
    patience,
  );
  await ann.disconnect('github');
}

/** What somebody has open, and which accounts. */
async function aCommand({ slack, until, log }: TestSystem): Promise<void> {
  await slack.command({ user: 'U0BOB', channel: 'C0OPS', name: '/vera', text: 'status' });
  await until(() => log.some(({ event, wish }) => event === 'errand.done' && wish === 'status'), 'the status', patience);
}

/** Something that the function cannot read: Lambda puts it into the failures queue in the end. */
async function aFailedHandOver({ lambda, until }: TestSystem, name: keyof typeof failuresQueues): Promise<void> {
  lambda.accept(name, { kind: 'nothing that there is' });
  await until(() => lambda.messagesIn(failuresQueues[name]).length > 0, `the failures queue of the ${name}`, patience);
}

/** Asked for without an account, gone on with after it is connected, approved, done. */
async function aChange(system: TestSystem): Promise<void> {
  await system.answered(system.ask({ text: 'who is on call?' }), patience);
  const asked = system.ask({ text: 'write it down', user: 'U0BOB' });
  const bob = createChangePerson(system, 'U0BOB');
  await bob.isAskedToConnect();
  await bob.connects();
  await bob.approves(asked);
  await system.answered(asked, patience);
}

/** A standing request that is kept; then all of it is taken away by its owner, and forgotten, with the event it came from. */
async function aMemory(system: TestSystem): Promise<void> {
  const { slack, until, log } = system;
  const user = 'U0ANN2';
  const done = (wish: string) => until(() => log.some((line) => line.event === 'errand.done' && line.wish === wish), wish, patience);
  await system.answered(system.ask({ text: 'I lead payments. Answer me in bullet points', user }), patience);
  const card = slack.ephemerals(user).at(-1);
  const [yes] = JSON.stringify(card?.blocks).match(/(?<="action_id":"memory-keep",.*?"value":)"(?:[^"\\]|\\.)*"/) ?? [];
  await slack.click({
    user,
    channel: card?.channel ?? '',
    messageTs: card?.ts ?? '',
    actionId: 'memory-keep',
    value: JSON.parse(yes ?? '""'),
  });
  await done('memory-keep');
  await until(() => log.some((line) => line.event === 'memory.noted'), 'the event', patience);
  slack.openHome({ user, tab: 'home' });
  await done('home');
  await slack.pressHome({ user, actionId: 'memory-export', value: 'export' });
  await done('memory-export');
  await slack.pressHome({ user, actionId: 'memory-empty', value: 'ask' });
  await until(() => JSON.stringify(slack.home(user)).includes('memory-empty:yes'), 'the question whether all of it', patience);
  await slack.pressHome({ user, actionId: 'memory-empty:yes', value: 'yes' });
  await until(() => JSON.stringify(slack.home(user)).includes('Forgotten: 1 thing and'), 'the end of it', patience);
}

const instances = { 'ec2:DescribeInstances': { Reservations: [{ Instances: [{ InstanceId: 'i-0123456789' }] }] } };

/** With the very policy that the stacks give the reader. */
async function aLookAtAws(system: TestSystem): Promise<void> {
  const reply = (await system.answered(system.ask({ text: 'which instances run?' }), patience)).at(-1);
  if (!JSON.stringify(reply).includes('One instance runs.')) throw new Error(`AWS could not be looked at: ${JSON.stringify(reply)}`);
}

async function aStop(system: TestSystem): Promise<void> {
  const asked = system.ask({ text: 'stop this' });
  await leased(system, asked);
  system.slack.stop({ user: 'U0ANN', channel: asked.channel, threadTs: asked.threadTs });
  await system.answered(asked, patience);
}

/** Which names no thread. */
async function aStopByReaction(system: TestSystem): Promise<void> {
  const asked = system.ask({ text: 'stop this, too' });
  await leased(system, asked);
  system.slack.react({ user: 'U0ANN', channel: asked.channel, ts: asked.ts, name: 'octagonal_sign' });
  await system.answered(asked, patience);
}

/** The sweeper tells the trace's end when the person has been told. */
async function aLoss(system: TestSystem): Promise<void> {
  await system.answered(system.ask({ text: 'never delivered' }), patience);
  const isTrace = ({ component, action }: AwsCall) => component === names.sweeper && action === 'xray:PutTraceSegments';
  await system.until(() => system.record.calls.some(isTrace), 'the trace of what was lost', patience);
}

async function aDeathOfTheWorker(system: TestSystem, onDeath: () => void): Promise<void> {
  const asked = system.ask({ text: 'dies at first' });
  await leased(system, asked);
  if (!system.killWorkers(asked)) throw new Error('There is no process to kill');
  onDeath();
  await system.answered(asked, patience);
}

/** When its worker has it and the invoker has heard so. */
function leased(system: TestSystem, { id }: Asked): Promise<void> {
  const events = ['question.leased', 'question.invoked'];
  const happened = () => events.every((one) => system.log.some(({ event, question }) => event === one && question === id));
  return system.until(happened, `a lease of ${id}`, patience);
}
