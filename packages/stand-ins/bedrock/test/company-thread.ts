import { fileURLToPath } from 'node:url';
import type { Message } from '@aws-sdk/client-bedrock-runtime';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { markdownToMrkdwn } from '@vera/slack-stand-in/text/markdown-to-mrkdwn';
import { expect } from 'vitest';
import { createBedrockRuntime } from '../src/create-bedrock-runtime.ts';
import { createKnowledgeBase } from '../src/create-knowledge-base.ts';
import { rehearsalModel } from '../src/rehearsal-model.ts';
import { type Answered, askAgent, type TestTool } from './agent-loop.ts';
import { bedrockClient, knowledgeClient } from './clients.ts';
import { startCompanyTools } from './company-tools.ts';
import { says } from './converse-input.ts';
import { personTools } from './person-tools.ts';
import { boardTools, calculator, clock, readSlack, searchDocuments } from './test-tools.ts';

export const moment = '2026-11-24T10:00:00Z';
export const issueLink = 'https://northwind.atlassian.net/browse/PAY-1500';

export interface CompanyThread extends AsyncDisposable {
  /** Of the gateway. */
  readonly tools: readonly TestTool[];
  /** The answer to the last question of one thread, whose earlier answers are read again. `changed`: what a tool that acts returns. */
  ask(questions: string | readonly string[], changed?: string, tools?: readonly TestTool[]): Promise<Answered>;
  /** The answer to one message, with what its asker adds once the first tools have answered. */
  askAdding(asked: Message, meanwhile?: Message['content'], changed?: string): Promise<Answered>;
}

/** The rehearsal model with all the tools Vera has at the demo company. */
export async function startCompanyThread(): Promise<CompanyThread> {
  const started = new AsyncDisposableStack();
  const record = createCallRecord();
  const [knowledgeBaseId, folder] = ['KB12345678', fileURLToPath(new URL('../../../workbench/start/demo/documents', import.meta.url))];
  const bedrock = started.use(await createBedrockRuntime({ record, model: rehearsalModel({ tokensPerSecond: 0 }) }));
  const base = started.use(await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf: (path) => path }));
  const company = started.use(await startCompanyTools(moment));
  const [client, knowledge] = [bedrockClient(bedrock.url), knowledgeClient(base.url)];
  const own = [searchDocuments(knowledge, knowledgeBaseId), clock, calculator, readSlack, ...boardTools];
  const created = `Approved and done. Created PAY-1500 in Payments. Link for the answer: [PAY-1500](${issueLink})`;
  return {
    tools: company.tools,
    askAdding: (asked, meanwhile = [], changed = created) =>
      askAgent(client, [asked], [...own, ...company.tools, ...personTools(() => changed)], meanwhile),
    async ask(questions, changed = created, tools = company.tools) {
      const all = [...own, ...tools, ...personTools(() => changed)];
      let before: readonly Message[] = [];
      let answered: Answered | undefined;
      for (const question of [questions].flat()) {
        const asked = says(`Maya Lindqvist: ${question}`);
        answered = await askAgent(client, [...before, asked], all);
        expect(answered.text).not.toMatch(/<\/?data\b|\{"/);
        before = [...before, asked, { role: 'assistant', content: [{ text: asReadAgain(answered.text) }] }];
      }
      if (!answered) throw new Error('no question');
      return answered;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** The tools that were called, without the gateway's name. */
export function namesOf({ calls }: Answered): string[] {
  return calls.map(({ name }) => name.replace('gateway_', ''));
}

/** An answer as it comes back with the thread: in Slack's form, with addresses behind their words. */
function asReadAgain(markdown: string): string {
  return markdownToMrkdwn(markdown).replace(/<(https?:[^|>]+)\|([^>]*)>/g, '$2 ($1)');
}
