import type { Change } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Agent, AgentEvent, EndReason, MadeCall } from '../agent/agent.ts';
import { systemPrompt } from '../agent/system-prompt.ts';
import { outcomeOf } from '../changes/outcome-of.ts';
import { type FailureCode, failureCodeOf } from '../failure.ts';
import type { ToolOffer } from '../mcp/tool-servers.ts';
import type { ReplyWriter } from '../reply/reply-writer.ts';
import { type ConversationParams, readConversation } from '../thread/read-conversation.ts';
import { connectAccounts } from '../tools/connect-accounts.ts';
import { fitTools, type ToolsToFit } from '../tools/fit-tools.ts';
import type { PersonTool } from '../tools/person-tool.ts';
import type { Sources } from '../tools/search-knowledge-base.ts';
import type { Tool } from '../tools/tool.ts';
import type { Acting } from './write-answer.ts';

export interface RunAgentParams extends ConversationParams {
  readonly agent: Agent;
  readonly toolsFor: (sources: Sources) => readonly Tool[];
  /** Tools of other systems; never rejects. */
  readonly offerTools?: () => Promise<ToolOffer>;
  readonly companyName: string;
}

export interface AgentRun {
  readonly question: Question;
  readonly messages: readonly SlackMessage[];
  readonly sources: Sources;
  readonly writer: ReplyWriter;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Undefined: nothing is done as the one who asked. */
  readonly acting: Acting | undefined;
}

export interface AgentAnswer {
  /** All text the agent wrote. */
  readonly text: string;
  /** Why the answer is missing or not whole. */
  readonly failure?: FailureCode;
  /** What of the tools could not be used, such as `PagerDuty could not be reached`. */
  readonly troubles: readonly string[];
}

/** Lets the agent work on a question and hands what it says to the writer as it comes. Never rejects. */
export async function runAgent(params: RunAgentParams, run: AgentRun): Promise<AgentAnswer> {
  const offering = offerOf(params, run);
  let text = '';
  const leftOut: string[] = [];
  const answer = async (failure: { failure?: FailureCode }) => ({
    text,
    troubles: [...(await offering).troubles(), ...leftOut],
    ...failure,
  });
  try {
    for await (const event of await startAgent(params, run, offering)) {
      if (event.kind === 'ended') return answer(failureOf(event.reason, text));
      if (event.kind === 'text') text += event.text;
      if (event.kind === 'left-out') leftOut.push(event.words);
      show(event, run);
    }
    return answer({ failure: 'unexpected' });
  } catch (error) {
    run.log.error('agent.failed', { code: failureCodeOf(error), error });
    return answer({ failure: failureCodeOf(error) });
  }
}

const nothing: ToolOffer = { tools: [], ownTools: [], personTools: [], troubles: () => [] };

/** The channel may be shared with another company: nothing of ours is looked up there. */
async function offerOf({ offerTools }: RunAgentParams, { question }: AgentRun): Promise<ToolOffer> {
  return question.isExternal || !offerTools ? nothing : offerTools();
}

async function startAgent(params: RunAgentParams, run: AgentRun, offering: Promise<ToolOffer>): Promise<AsyncIterable<AgentEvent>> {
  const { people, agent, companyName, toolsFor } = params;
  const { question, messages, sources, signal, acting } = run;
  const [askerName, turns, offer] = await Promise.all([
    people.name(question.userId),
    readConversation(params, question, messages, signal),
    offering,
  ]);
  const { isDirect, isExternal } = question;
  const prompt = systemPrompt({ companyName, askerName, isDirect, isExternal, troubles: offer.troubles() });
  const tools = isExternal ? [] : fitTools({ ...toolsOf(run, offer, toolsFor(sources)), about: aboutOf(question, messages) });
  const made = acting?.book.all.map(toMadeCall) ?? [];
  return agent({ systemPrompt: prompt, turns, tools, made, signal: acting ? AbortSignal.any([signal, acting.gate.signal]) : signal });
}

/** Ours are always before the model; those of other systems may be too many. */
function toolsOf({ acting, question }: AgentRun, offer: ToolOffer, own: readonly Tool[]): Omit<ToolsToFit, 'about'> {
  const always = [...own, ...offer.ownTools];
  if (!acting) return { always, others: offer.tools };
  const { accounts, gate } = acting;
  const connect = connectAccounts({ sendLink: () => accounts.sendLink(question) });
  const asPerson = (tool: PersonTool) => gate.toTool(tool);
  return {
    always: [...always, ...accounts.tools.map(asPerson), connect],
    others: [...offer.tools, ...offer.personTools.map(asPerson)],
  };
}

/** A short question is about what was said just before. */
function aboutOf({ text, messageTs }: Question, messages: readonly SlackMessage[]): string {
  const before = messages.filter(({ ts }) => ts < messageTs).slice(-2);
  return [text, ...before.map((message) => message.text ?? '')].join('\n');
}

function toMadeCall(change: Change): MadeCall {
  return { id: change.id, tool: change.tool, input: JSON.parse(change.input), output: outcomeOf(change) };
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
    case 'left-out':
      log.warn('model.left-out', { words: event.words });
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
