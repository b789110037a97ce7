import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Agent, AgentEvent, EndReason } from '../agent/agent.ts';
import { systemPrompt } from '../agent/system-prompt.ts';
import { type FailureCode, failureCodeOf } from '../failure.ts';
import type { ReplyWriter } from '../reply/reply-writer.ts';
import { type ConversationParams, readConversation } from '../thread/read-conversation.ts';
import type { Sources } from '../tools/sources.ts';
import type { Tool } from '../tools/tool.ts';

export interface RunAgentParams extends ConversationParams {
  readonly agent: Agent;
  readonly toolsFor: (sources: Sources) => readonly Tool[];
  readonly companyName: string;
}

export interface AgentRun {
  readonly question: Question;
  readonly messages: readonly SlackMessage[];
  readonly sources: Sources;
  readonly writer: ReplyWriter;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface AgentAnswer {
  /** All text the agent wrote. */
  readonly text: string;
  /** Why the answer is missing or not whole. */
  readonly failure?: FailureCode;
}

/** Lets the agent work on a question and hands what it says to the writer as it comes. Never rejects. */
export async function runAgent(params: RunAgentParams, run: AgentRun): Promise<AgentAnswer> {
  let text = '';
  try {
    for await (const event of await startAgent(params, run)) {
      if (event.kind === 'ended') return { text, ...failureOf(event.reason, text) };
      if (event.kind === 'text') text += event.text;
      show(event, run);
    }
    return { text, failure: 'unexpected' };
  } catch (error) {
    run.log.error('agent.failed', { code: failureCodeOf(error), error });
    return { text, failure: failureCodeOf(error) };
  }
}

async function startAgent(params: RunAgentParams, { question, messages, sources, signal }: AgentRun): Promise<AsyncIterable<AgentEvent>> {
  const { people, agent, companyName } = params;
  const [askerName, turns] = await Promise.all([people.name(question.userId), readConversation(params, question, messages, signal)]);
  const prompt = systemPrompt({ companyName, askerName, isDirect: question.isDirect, isExternal: question.isExternal });
  return agent({ systemPrompt: prompt, turns, tools: question.isExternal ? [] : params.toolsFor(sources), signal });
}

function show(event: Exclude<AgentEvent, { kind: 'ended' }>, { writer, log }: AgentRun): void {
  switch (event.kind) {
    case 'text':
      writer.write(event.text);
      break;
    case 'tool-started':
      writer.showTask({ id: event.id, title: event.title, status: 'in_progress' });
      break;
    case 'tool-ended':
      log.info('tool.called', { tool: event.tool, milliseconds: event.milliseconds, status: event.isError ? 'error' : 'success' });
      writer.showTask({ id: event.id, title: event.title, status: event.isError ? 'error' : 'complete' });
      break;
    case 'model-called':
      log.info('model.called', { ...event.call });
      break;
  }
}

function failureOf(reason: EndReason, text: string): { failure?: FailureCode } {
  if (reason === 'cut' || reason === 'too-many-steps' || reason === 'blocked') return { failure: reason };
  return reason === 'completed' && text.trim() === '' ? { failure: 'empty' } : {};
}
