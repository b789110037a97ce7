import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { endCards } from '../../src/lab/end-cards.ts';
import { createChangePerson } from '../support/change-person.ts';
import { answered, begun, broken, isAsked, type PlantedFault, struck, told, useUp } from './plant.ts';

const search = (query: string): ScriptedTurn => [{ call: 'search_knowledge_base', input: { query } }];
const hang: ScriptedTurn = [{ hang: true }];
const atLength: ScriptedTurn = [{ say: 'This is said at length. '.repeat(40), pieceLength: 24, pauseMilliseconds: 200 }];
const filing: ScriptedTurn = [{ call: 'create_jira_issue', input: { project: 'PAY', issue_type: 'Bug', summary: 'Late' } }];

/** They strike one question only, and take long: they go on beside each other and the next ones. */
export const slowOnes: readonly PlantedFault[] = [
  {
    name: 'the invoker cannot be called',
    async run(system, text) {
      system.lambda.inject({ kind: 'throttled', operation: 'Invoke', times: 2 });
      const asked = system.ask({ text });
      await told(system, asked, 'question.forward-failed');
      begun(text);
      return answered(system, asked);
    },
  },
  {
    name: 'its worker is killed in the middle',
    says: [hang],
    run: struck((system, asked) => void system.killWorkers(asked)),
  },
  {
    name: 'its worker is frozen until its lease has run out',
    says: [hang],
    run: struck(async (system, asked) => {
      system.killWorkers(asked, 'SIGSTOP');
      await told(system, asked, 'question.resent', ({ why }) => why !== 'reached-no-worker');
      system.killWorkers(asked, 'SIGCONT');
    }),
  },
  {
    name: 'its worker is told to end',
    says: [hang],
    run: struck((system, asked) => void system.killWorkers(asked, 'SIGTERM')),
  },
  { name: 'a tool is slow', says: [[{ call: 'reports_slow_report' }]] },
];

/** They strike one question only, too. */
export const quickOnes: readonly PlantedFault[] = [
  { name: 'a tool fails', says: [[{ call: 'reports_broken_report' }]] },
  { name: 'the model calls a tool that there is not', says: [[{ call: 'no_such_tool' }]] },
  { name: 'the model writes no JSON to a tool', says: [[{ call: 'calculate', input: '{"expression": "1+' }]] },
  { name: 'the model says nothing', says: Array.from({ length: 9 }, () => []) },
  {
    name: 'the model goes round in circles',
    says: Array.from({ length: 60 }, (): ScriptedTurn => [{ call: 'calculate', input: { expression: '1+1' } }]),
  },
  { name: 'the answer is longer than it may be', says: [['The first half.', { stop: 'max_tokens' }]] },
  { name: 'nothing is found in the documents', says: [search('zzzz qqqq')] },
  { name: 'the guardrail stops the question: what does Bob earn?' },
  { name: 'the guardrail stops the answer', says: ['How much does Bob earn? A lot.'] },
  {
    name: 'somebody stops it',
    says: [atLength],
    async run(system, text) {
      const asked = system.ask({ text });
      await system.until(() => (system.replies(asked)[0]?.markdown ?? '').length > 0, 'the beginning');
      system.slack.stop({ user: 'U0ANN', channel: asked.channel, threadTs: asked.threadTs });
      return answered(system, asked);
    },
  },
  {
    name: 'its message is deleted',
    says: [hang],
    async run(system, text) {
      const asked = system.ask({ text });
      await isAsked(system, text);
      system.slack.remove({ user: 'U0ANN', channel: asked.channel, ts: asked.ts });
      await told(system, asked, 'question.stopped');
      return asked;
    },
  },
  {
    name: 'an earlier question of its thread has to be answered first',
    async run(system, text) {
      const earlier = system.ask({ text: 'somebody stops it' });
      await told(system, earlier, 'question.leased');
      const asked = system.ask({ text, user: 'U0BOB', threadTs: earlier.threadTs });
      return answered(system, asked);
    },
  },
];

/** They strike whatever is asked next: each alone. */
export const aloneOnes: readonly PlantedFault[] = [
  { name: 'the model is throttled twice', run: broken(({ bedrock }) => bedrock.inject({ kind: 'throttled', times: 2 })) },
  { name: 'the model is throttled for good', run: broken(({ bedrock }) => bedrock.inject({ kind: 'throttled', times: 4 })) },
  { name: 'the worker may not use the model', run: broken(({ bedrock }) => bedrock.inject({ kind: 'access-denied' })) },
  {
    name: 'the thread is longer than the model reads',
    run: broken(({ bedrock }) => bedrock.inject({ kind: 'validation', message: 'Input is too long for requested model' })),
  },
  {
    name: 'the model refuses in words that nobody knows',
    run: broken(({ bedrock }) => bedrock.inject({ kind: 'validation', message: 'Something odd' })),
  },
  {
    name: 'the model breaks off in the middle of a sentence',
    says: [['The first half. ', { pauseMilliseconds: 100 }, 'The second half.']],
    run: broken(({ bedrock }) => bedrock.inject({ kind: 'stream-cut', deltas: 1 })),
  },
  {
    name: 'the knowledge base is denied',
    says: [search('paper')],
    run: broken(({ knowledgeBase }) => knowledgeBase.inject({ kind: 'access-denied' })),
  },
  {
    name: 'the gateway cannot be reached',
    async run(system, text) {
      const mend = system.tools?.gateway.inject({ kind: 'dead', times: Number.POSITIVE_INFINITY });
      const asked = await answered(system, system.ask({ text }));
      mend?.();
      return asked;
    },
  },
  {
    name: 'PagerDuty answers with an error',
    says: [[{ call: 'gateway_pagerduty___listIncidents', input: { sort_by: 'created_at:desc' } }]],
    run: broken(({ tools }) => tools?.pagerDuty.inject({ kind: 'status', status: 503, times: 9 })),
  },
  { name: 'memory is away', run: broken(({ memory }) => memory.inject({ kind: 'denied', operation: 'RetrieveMemoryRecords' })) },
  {
    name: 'the thread cannot be read',
    async run(system, text) {
      const { ts } = system.slack.post({ user: 'U0BOB', channel: 'C0OPS', text: 'Above.' });
      system.slack.inject({ method: 'conversations.replies', kind: 'error', error: 'missing_scope' });
      return answered(system, system.ask({ text, threadTs: ts }));
    },
  },
  {
    name: 'Slack takes no more messages for a moment',
    run: broken(({ slack }) => slack.inject({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterSeconds: 1 })),
  },
  {
    name: 'Slack does not take the answer',
    async run(system, text) {
      system.slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'channel_not_found' });
      const asked = system.ask({ text });
      await told(system, asked, 'question.failed');
      return asked;
    },
  },
  {
    name: 'the invoker is refused by AgentCore',
    run: broken(({ agentCore }) => agentCore.inject({ kind: 'denied', operation: 'InvokeAgentRuntime' })),
  },
  {
    name: 'AgentCore has no session left for a while',
    async run(system, text) {
      system.agentCore.limitSessions(0);
      const asked = system.ask({ text });
      await told(system, asked, 'question.forwarded');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      system.agentCore.limitSessions(undefined);
      return answered(system, asked);
    },
  },
  {
    name: 'a change that nobody has connected an account for',
    says: [filing],
    async run(system, text) {
      // Not Ann, who connects hers below, perhaps before this one is explained.
      const asked = system.ask({ text, user: 'U0BOB' });
      await createChangePerson(system, 'U0BOB').isAskedToConnect();
      await told(system, asked, 'question.let-go');
      return asked;
    },
  },
  {
    name: 'the budget of a person is used up',
    async run(system, text) {
      await useUp(system, 'U0BOB');
      const asked = system.ask({ text, user: 'U0BOB' });
      await told(system, asked, 'question.refused');
      return asked;
    },
  },
  {
    name: 'a change that is denied',
    says: [filing],
    async run(system, text) {
      const ann = createChangePerson(system, 'U0ANN');
      await ann.connects();
      const asked = system.ask({ text });
      await ann.denies(asked);
      return answered(system, asked);
    },
  },
  {
    name: 'a change that nobody decides about in time',
    says: [filing],
    async run(system, text) {
      const asked = system.ask({ text });
      await told(system, asked, 'question.let-go');
      await endCards(system.dynamoDb.url);
      return answered(system, asked);
    },
  },
  {
    name: 'a change that Jira does not make',
    says: [filing],
    async run(system, text) {
      const asked = system.ask({ text });
      await told(system, asked, 'question.let-go');
      system.tools?.jira.inject({ kind: 'status', status: 400, path: '/issue', times: 9 });
      await createChangePerson(system, 'U0ANN').approves(asked);
      return answered(system, asked);
    },
  },
  {
    name: 'it names nobody',
    run: async ({ slack, until }, text) => {
      const { ts } = slack.post({ user: 'U0ANN', channel: 'C0OPS', text });
      const asked = { id: '', channel: 'C0OPS', ts, threadTs: ts };
      await until(() => slack.deliveries.length > 0, 'its delivery');
      await slack.idle();
      return asked;
    },
  },
  {
    name: 'the ledger does not take it',
    async run(system, text) {
      system.dynamoDb.inject({ kind: 'throttled', operation: 'PutItem', times: 100 });
      const asked = system.ask({ text });
      await told(system, asked, 'question.record-failed');
      return { ...asked, id: '' };
    },
  },
  {
    name: 'Slack never delivers it',
    async run(system, text) {
      system.slack.disturbDeliveries(() => []);
      return { ...system.ask({ text }), id: '' };
    },
  },
];

export const faults = [...slowOnes, ...quickOnes, ...aloneOnes];
