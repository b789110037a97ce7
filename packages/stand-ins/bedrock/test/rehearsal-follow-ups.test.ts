import type { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import type { BedrockRuntimeClient, Message } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { markdownToMrkdwn } from '@vera/slack-stand-in/text/markdown-to-mrkdwn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { createKnowledgeBase } from '../src/create-knowledge-base.ts';
import { rehearsalModel } from '../src/rehearsal-model.ts';
import { type Answered, askAgent } from './agent-loop.ts';
import { bedrockClient, knowledgeClient } from './clients.ts';
import { clinicDocuments } from './clinic-documents.ts';
import { says } from './converse-input.ts';
import { calculator, clock, searchDocuments } from './test-tools.ts';

const knowledgeBaseId = 'KB12345678';
const started = new AsyncDisposableStack();
let client: BedrockRuntimeClient;
let knowledge: BedrockAgentRuntimeClient;

beforeAll(async () => {
  const record = createCallRecord();
  const { folder } = started.use(clinicDocuments());
  const bedrock = started.use(await createBedrockRuntime({ record, model: rehearsalModel({ tokensPerSecond: 0 }) }));
  const base = started.use(await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf: (path) => path }));
  client = bedrockClient(bedrock.url);
  knowledge = knowledgeClient(base.url);
});
afterAll(() => started.disposeAsync());

/** The answer to the last of the questions of one thread. */
async function ask(...questions: readonly string[]): Promise<Answered> {
  let before: readonly Message[] = [];
  let answered: Answered | undefined;
  for (const question of questions) {
    const tools = [searchDocuments(knowledge, knowledgeBaseId), clock, calculator];
    answered = await askAgent(client, [...before, says(`Maya Lindqvist: ${question}`)], tools);
    // A thread that is read again holds Slack's form of an answer, and no tool calls.
    before = [...before, says(`Maya Lindqvist: ${question}`), { role: 'assistant', content: [{ text: markdownToMrkdwn(answered.text) }] }];
  }
  if (!answered) throw new Error('no question');
  return answered;
}

describe('a follow-up', () => {
  const stolen = 'how do I report a stolen bicycle, and who has to know?';

  it('without words of its own stays in the section of the answer before', async () => {
    const { text, calls } = await ask(stolen, 'and within what time?');
    expect(calls.map(({ name }) => name)).toEqual(['search_knowledge_base']);
    expect(text).toMatch(/^\*\*Bicycle safety › Stolen bicycle\*\* \[\d\]\n\n\*\*Call the front desk within 2 hours of noticing\.\*\*/);
  });

  it('with words of its own may leave the document', async () => {
    expect((await ask(stolen, 'and what is the lunch limit?')).text).toMatch(/^\*\*Lunch\*\*: limit EUR 12 per day\./);
  });
});

describe('the kind of a question', () => {
  it('a procedure begins with what introduces it, then all its steps', async () => {
    const { text } = await ask('how do I report a stolen bicycle, and who has to know?');
    expect(text).toMatch(/^\*\*Bicycle safety › Stolen bicycle\*\* \[\d\]\n\n\*\*Call the front desk within 2 hours/);
    expect(text).toMatch(/1\. \*\*Call 700[\s\S]*\n2\. Stolen[\s\S]*\n3\. Get another/);
  });

  it('"what happened" is answered with the summary', async () => {
    expect((await ask('what happened in OUT-7?')).text).toMatch(/^On 3 May a fuse of the lift melted\./);
  });

  it('"what does X mean" is answered with what begins with X', async () => {
    expect((await ask('what does KFZ mean?')).text).toMatch(/^\*\*KFZ\*\*: means a car\./);
  });
});

describe('superseded documents', () => {
  it('rank below current ones, in the answer and in the search', async () => {
    const { text } = await ask('what is the lunch limit?');
    expect(text).toMatch(/^\*\*Lunch\*\*: limit EUR 12 per day\./);
    expect(text).not.toContain('EUR 9');
    const { retrievalResults = [] } = await knowledge.send(
      new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: 'lunch limit' } }),
    );
    expect(retrievalResults[0]?.metadata?.title).toBe('Lunch allowance');
  });

  it('answer when their year is asked for', async () => {
    expect((await ask('what was the lunch limit in 2024?')).text).toMatch(/the lunch limit is EUR 9/);
  });
});

describe('the clock', () => {
  it.each(['what time is it?', "what is today's date?", 'what day is it today?', 'what is the time in Lisbon?'])(
    'tells "%s"',
    async (question) => {
      expect((await ask(question)).calls.map(({ name }) => name)).toEqual(['current_time']);
    },
  );

  it.each([
    'within what time do I report a bicycle?',
    'who is at the desk today?',
    'until what day is lunch paid?',
    'who is there next week?',
  ])('is not asked for "%s"', async (question) => {
    expect((await ask(question)).calls.map(({ name }) => name)).toEqual(['search_knowledge_base']);
  });
});
