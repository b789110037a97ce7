import type { AgentEvent, EndReason, MadeCall, Turn } from '../agent/agent.ts';
import { logEvent } from '../agent/log-event.ts';
import { loggedOutput } from '../agent/logged-messages.ts';
import type { SystemPrompt } from '../agent/system-prompt.ts';
import { outcomeOf } from '../changes/change-book.ts';
import type { WriteGate } from '../changes/write-gate.ts';
import type { HelperName } from '../delegation/delegated-task.ts';
import { type Block, BlockedFailure, type FailureCode, failureCodeOf, OverBudgetFailure, type Reached } from '../failure.ts';
import type { ToolOffer } from '../mcp/tool-servers.ts';
import { memoryTools, unnotingTools } from '../own-memory/memory-tools.ts';
import type { Citations } from '../reply/citations.ts';
import type { NextQuestions } from '../reply/next-questions.ts';
import { readConversation } from '../thread/read-conversation.ts';
import { findToolsName } from '../tools/fit-tools.ts';
import type { Sources } from '../tools/search-knowledge-base.ts';
import { toldDocuments } from '../tools/told-text.ts';
import { type Blame, findBlame } from './find-blame.ts';
import { aborted, heardUntil } from './heard-until.ts';
import { lookAt } from './look-at.ts';
import { answerTools, toolsForHelper } from './question-tools.ts';
import type { AnswerParams, Story } from './story.ts';

export interface AgentAnswer {
  /** Why the answer is missing or not whole. */
  readonly failure?: FailureCode;
  /** What the guardrail stopped. */
  readonly blame?: Blame;
  /** The budget that is used up. */
  readonly reached?: Reached;
  /** Nothing was asked: before the model was called, the question got other words. */
  readonly isEdited?: boolean;
  /** Nothing was asked: it was interrupted before. */
  readonly isUnbegun?: boolean;
  /** Titles of the steps that were under way at its end. */
  readonly underWay: readonly string[];
  /** What of the tools could not be used, such as `PagerDuty could not be reached`. */
  readonly troubles: readonly string[];
  /** Kinds of values that the guardrail took out. */
  readonly masked: readonly string[];
  /** The asker wanted something forgotten, or memory paused. */
  readonly isUnnoted: boolean;
}

interface Cited {
  readonly sources: Sources;
  readonly citations: Citations;
  readonly next: NextQuestions;
}

/** Lets the agent work on a question and hands what it says to the writer as it comes. Never rejects. */
export async function runAgent(
  params: AnswerParams,
  story: Story,
  { sources, citations, next }: Cited,
  gate?: WriteGate,
): Promise<AgentAnswer> {
  if (story.signal.aborted) return unbegun;
  const offering = offerOf(params, story);
  const notes = new Notes();
  const answer = async (failure: Pick<AgentAnswer, 'failure' | 'blame' | 'reached' | 'isEdited'>) => {
    story.writer.write(citations.flush());
    const said = [story.question.text, notes.text, notes.lookedFor].join('\n');
    return {
      troubles: [...(await offering).troubles(said), ...new Set(notes.leftOut)],
      masked: [...notes.masked],
      underWay: [...notes.underWay.values()],
      isUnnoted: notes.isUnnoted,
      ...failure,
    };
  };
  try {
    const prepared = await Promise.race([prepare(params, story, offering), aborted(story.signal)]);
    if (!prepared) return unbegun;
    const [prompt, turns, offer] = prepared;
    const offered = { own: () => params.toolsFor(sources, story), offer, gate };
    const helpers = params.helpers?.({
      ...story,
      budget: story.budget.budget,
      toolsFor: (helper) => toolsForHelper(story, offered, helper),
      madeFor: ({ task }) => madeCalls(story, gate).flatMap(({ helper, call }) => (helper?.task === task ? [call] : [])),
    });
    const signal = gate ? AbortSignal.any([story.signal, gate.signal]) : story.signal;
    const isEdited = await isEditedByNow(story);
    if (story.signal.aborted) return unbegun;
    if (isEdited) return await answer({ isEdited });
    story.begun();
    const task = {
      systemPrompt: prompt,
      turns,
      tools: answerTools(story, offered, [...memoryTools(params, story), ...(helpers?.tools ?? [])]),
      signal,
      hear: () => story.folding.hear(),
    };
    const made = madeCalls(story, gate).map(({ call }) => call);
    const run = params.agent({ ...task, made, budget: helpers?.budget ?? story.budget.budget });
    for await (const event of heardUntil(next.takenOut(run), story.signal, params)) {
      if (event.kind === 'ended') return answer(failureOf(event.reason, notes.text));
      notes.take(event);
      story.steps.take(event);
      if (event.kind === 'model-called') story.folding.used();
      show(event, story, citations);
    }
    return answer({ failure: 'unexpected' });
  } catch (error) {
    if (error instanceof BlockedFailure) return answer({ failure: 'blocked', blame: await blameFor(params, story, error.block) });
    if (error instanceof OverBudgetFailure) {
      story.log.info('budget.reached', { ...error.reached });
      return answer({ failure: 'over-budget', reached: error.reached });
    }
    story.log.error('agent.failed', { code: failureCodeOf(error), error });
    return answer({ failure: failureCodeOf(error) });
  }
}

/** Servers are opened and files read, which may take seconds. */
function prepare(params: AnswerParams, story: Story, offering: Promise<ToolOffer>) {
  return Promise.all([promptOf(params, story, offering), turnsOf(params, story), offering]);
}

/** The thread up to the question, and what its asker has said since, as far as it was taken in before. */
async function turnsOf(params: AnswerParams, story: Story): Promise<readonly Turn[]> {
  const [turns, said] = await Promise.all([readConversation(params, story.question, story.messages, story), story.folding.said()]);
  return turns.map((turn, index) => (index === turns.length - 1 ? { ...turn, content: [...turn.content, ...said] } : turn));
}

/** Whatever is on record by now comes before the model: it is never asked what was stopped or deleted. */
async function isEditedByNow(story: Story): Promise<boolean> {
  const { held, stopRequested, withdrawn, editedAt } = await lookAt(story);
  if (withdrawn) story.interrupt('withdrawn');
  else if (held && stopRequested) story.interrupt('stop');
  return editedAt > story.folding.editedAt;
}

const unbegun: AgentAnswer = { isUnbegun: true, underWay: [], troubles: [], masked: [], isUnnoted: false };

/** What is to be known of a run once it has ended. */
class Notes {
  text = '';
  readonly underWay = new Map<string, string>();
  lookedFor = '';
  readonly leftOut: string[] = [];
  readonly masked = new Set<string>();
  isUnnoted = false;

  take(event: AgentEvent): void {
    if (event.kind === 'text') this.text += event.text;
    if (event.kind === 'tool-started') this.underWay.set(event.id, event.title);
    if (event.kind === 'tool-ended') this.underWay.delete(event.id);
    if (event.kind === 'left-out') this.leftOut.push(event.words);
    if (event.kind === 'masked') for (const kind of event.kinds) this.masked.add(kind);
    if (event.kind === 'tool-started' && unnotingTools.has(event.tool)) this.isUnnoted = true;
    this.lookedFor += lookedForIn(event);
  }
}

async function blameFor({ judge }: AnswerParams, story: Story, block: Block): Promise<Blame> {
  const blame = await findBlame(judge, story, block);
  story.log.warn('question.blocked', { on: blame.block.on, policies: blame.block.policies, messages: blame.messages.length });
  return blame;
}

/** What the model hoped to find a tool for. */
function lookedForIn(event: AgentEvent): string {
  return event.kind === 'tool-ended' && event.tool === findToolsName ? `${JSON.stringify(event.input)}\n` : '';
}

const nothing: ToolOffer = { tools: [], ownTools: [], personTools: [], systems: [], troubles: () => [] };

async function offerOf({ offerTools }: AnswerParams, { question }: Story): Promise<ToolOffer> {
  return offerTools ? offerTools(question) : nothing;
}

async function promptOf(params: AnswerParams, story: Story, offering: Promise<ToolOffer>): Promise<SystemPrompt> {
  const { people, toSystemPrompt } = params;
  const { channelId, isDirect, userId } = story.question;
  const [askerName, offer, memory] = await Promise.all([people.name(userId), offering, params.memory?.recall(story)]);
  return toSystemPrompt({ askerName, channelId, isDirect, ...(memory ? { memory } : {}), troubles: offer.troubles() });
}

/** What was decided in earlier turns, and which helper wanted it. */
function madeCalls({ book }: Story, gate: WriteGate | undefined): { readonly helper: HelperName | undefined; readonly call: MadeCall }[] {
  if (!gate) return [];
  return book.all.map((change) => ({
    helper: change.helper,
    call: { id: change.id, tool: change.tool, input: JSON.parse(change.input), output: outcomeOf(change) },
  }));
}

function show(event: Exclude<AgentEvent, { kind: 'ended' }>, { writer, log }: Story, citations: Citations): void {
  logEvent(log, event);
  switch (event.kind) {
    case 'text':
      writer.write(citations.add(event.text));
      break;
    case 'tool-started':
      writer.write(citations.flush());
      writer.showTask({ id: event.id, title: event.title, status: 'in_progress', ...(event.details ? { details: event.details } : {}) });
      break;
    case 'tool-cleared':
      writer.showTask({ id: event.id, title: event.title, status: 'in_progress', details: event.details });
      break;
    case 'tool-progress':
      // A title is replaced; details would be added to those that stand there.
      writer.showTask({ id: event.id, title: `${event.title}: ${event.words}`, status: 'in_progress' });
      break;
    case 'tool-ended':
      log.debug('tool.answered', { tool: event.tool, input: event.input, output: loggedOutput(event.tool, event.output) });
      writer.showTask({
        ...{ id: event.id, title: event.title, status: event.isError ? 'error' : 'complete' },
        ...(event.told ? { output: event.told } : {}),
        ...(event.found?.length ? { sources: toldDocuments(event.found) } : {}),
      });
      break;
    case 'masked':
      log.info('answer.masked', { kinds: event.kinds });
      break;
    case 'model-called':
    case 'model-retried':
    case 'left-out':
    case 'judged':
      break;
  }
}

function failureOf(reason: EndReason, text: string): { failure?: FailureCode } {
  if (reason === 'cut' || reason === 'too-many-steps' || reason === 'blocked') return { failure: reason };
  return reason === 'completed' && text.trim() === '' ? { failure: 'empty' } : {};
}
