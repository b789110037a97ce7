import type { Outcome } from '@vera/ledger/ledger';
import { againWords } from '@vera/slack/ends-of-changes';
import { retryButton } from '@vera/slack/retry-button';
import { toldCost, toldNews } from '../budget/told-budget.ts';
import type { WriteGate } from '../changes/write-gate.ts';
import { type FailureCode, failureWords, mayRetry } from '../failure.ts';
import { Citations } from '../reply/citations.ts';
import { citedBefore } from '../reply/cited-before.ts';
import { NextQuestions } from '../reply/next-questions.ts';
import { blocksUnder, costBlocks, sourceBlocks } from '../reply/reply-blocks.ts';
import { createSources } from '../tools/search-knowledge-base.ts';
import { beginAgain, finishAnswer, giveBack, type LastWords } from './end-story.ts';
import { partWords } from './folded-words.ts';
import { removeLeftovers } from './leftovers.ts';
import { lookAt, notHeld } from './look-at.ts';
import { pauseAnswer } from './pause-answer.ts';
import { type AgentAnswer, runAgent } from './run-agent.ts';
import { stoppedWords } from './stopped-words.ts';
import type { AnswerParams, Folded, Later, Story, StoryEnd } from './story.ts';
import { withdrawQuestion } from './withdraw-question.ts';

/** Lets the agent work and writes what it says, to its outcome or until a person is needed. Without a gate nothing is done as a person. */
export async function writeAnswer(params: AnswerParams, story: Story, gate?: WriteGate): Promise<StoryEnd> {
  const { question, signal, isLost, writer } = story;
  const before = citedBefore(story.messages, question.botUserId);
  const sources = createSources(before.documents);
  const citations = new Citations({ documentOf: sources.documentOf, before: before.keys });
  const next = new NextQuestions();
  const answer = await runAgent(params, story, { sources, citations, next }, gate);
  const { failure, masked, isUnnoted, isEdited = false } = answer;
  story.budget.log();
  const isOver = () => signal.reason === 'shutdown' || isLost();
  const later = await story.folding.lookAgain();
  // Right before the last words: a process that was frozen learns only now that another one has taken over.
  const { held, withdrawn, editedAt } = isOver() ? notHeld : await lookAt(story);
  if (!held || isOver()) return giveBack(story);
  if (withdrawn) return withdrawQuestion(params, story, await endShowing(story));
  if (isEdited) return beginAgain(writer);
  if (gate?.failure !== undefined) throw gate.failure;
  const isEditedSince = editedAt > story.folding.editedAt;
  if (gate?.pause && mayWait(signal, later))
    return pauseAnswer(params, story, {
      accounts: gate.accounts,
      pause: gate.pause,
      citations,
      isOutdated: isEditedSince || later.isEdited,
    });
  const isTakenBack = failure === 'blocked' || later.isDeleted;
  if (isTakenBack) await takeBack(params, story);
  const { outcome, reason } = judge(failure, signal);
  const near = outcome === 'answered' ? (await story.budget.news()).map(toldNews) : [];
  const spent = story.budget.spent();
  const cost = params.showsCost && spent.calls > 0 ? toldCost(spent, params.isPriced) : '';
  const edited = editedWords(isEditedSince, later);
  const folded = await story.folding.endingWith(outcome);
  const ending = endingOf(story, answer, { outcome, reason, edited, isTakenBack, folded, later, citations, next, near, cost });
  const end = await finishAnswer(params, story, ending, reason);
  // Not of what was stopped, failed or blocked, for nobody knows what it was; nor of what the guardrail masked, nor of words that were taken back,
  // nor of what asked to forget.
  if (end === 'answered' && masked.length === 0 && edited === '' && !isUnnoted)
    for (const question of [story.question, ...story.folding.questions]) await params.memory?.note({ ...story, question });
  return end;
}

/** What was proposed is on record: out of time it still waits for its person. */
function mayWait(signal: AbortSignal, { isStopped }: Later): boolean {
  return !isStopped && (!signal.aborted || signal.reason === 'timeout');
}

/** Takes back all that this turn has shown: nothing of it stands in the thread any more, and what is written now begins anew. */
async function takeBack(params: Pick<AnswerParams, 'call' | 'pause'>, story: Story): Promise<void> {
  const { question, log } = story;
  const shown = await endShowing(story);
  const left = await removeLeftovers(params, question.channelId, shown);
  if (shown.length > 0) log.info('answer.taken-back', { messages: shown.length });
  if (left.length > 0) log.error('answer.still-shown', { messages: left });
}

/** Shows nothing more, and gives the `ts` of all that this turn has shown, in words and beside them. */
async function endShowing({ writer, outgoing }: Pick<Story, 'writer' | 'outgoing'>): Promise<readonly string[]> {
  return [...(await writer.takeBack()), ...(await outgoing.takeBack())];
}

interface Judged {
  readonly outcome: Outcome;
  readonly reason: FailureCode | undefined;
  /** What is said of words that were edited while they were answered. */
  readonly edited: string;
  /** Nothing that was shown stands there any more. */
  readonly isTakenBack: boolean;
  /** What ends with it. */
  readonly folded: readonly Folded[];
  readonly later: Later;
  readonly citations: Citations;
  readonly next: NextQuestions;
  readonly near: readonly string[];
  readonly cost: string;
}

/** The last words and what stands under them. */
function endingOf(story: Story, answer: AgentAnswer, judged: Judged): LastWords {
  const { question, lease } = story;
  const { failure, blame, reached, troubles, masked } = answer;
  const { outcome, reason, citations, next } = judged;
  const failed = () => failedWords(reason, question.id, { block: blame?.block, reached });
  const last = outcome === 'stopped' ? stoppedWords(story, answer, judged.folded, judged.later) : failed();
  // Without what was said above it may well be answered.
  const isInVain = reason === 'too-many-steps' && story.budget.isUsedUp();
  const mayGoAgain = outcome !== 'answered' && ((mayRetry(reason) && !isInVain) || blame?.block.on === 'thread');
  const words = [
    last,
    ...(outcome === 'answered' || outcome === 'stopped' ? [] : [partWords(judged.folded)]),
    mayGoAgain ? againWords(story.book.all) : '',
    judged.edited,
  ];
  const cited = judged.isTakenBack ? [] : citations.cited;
  const again = mayGoAgain ? [retryButton({ messageTs: question.messageTs, leg: lease.record.leg })] : [];
  const { near, cost } = judged;
  const under = { troubles, masked, near, cost, next: next.under(failure) };
  return {
    outcome,
    words: words.filter((line) => line !== '').join('\n\n'),
    blocks:
      outcome === 'answered' ? blocksUnder(cited, question.messageTs, under) : [...sourceBlocks(cited), ...costBlocks(cost), ...again],
    ...(cited.length > 0 ? { cited: citations.keys, sources: cited.length } : {}),
    ...(blame ? { blocked: blame.messages } : {}),
  };
}

/** Of nothing that was edited, none. */
function editedWords(isQuestionEdited: boolean, { isEdited }: Later): string {
  if (!isQuestionEdited && !isEdited) return '';
  const what = isQuestionEdited ? 'your question' : 'what you added';
  return `_You edited ${what} while I was answering: this answers what it said before. Ask again for the new words._`;
}

const outcomesOf: Partial<Record<FailureCode, Outcome>> = { cut: 'answered', 'over-budget': 'refused' };

function judge(failure: FailureCode | undefined, signal: AbortSignal): { outcome: Outcome; reason?: FailureCode } {
  if (signal.reason === 'stop') return { outcome: 'stopped' };
  if (signal.reason === 'timeout') return { outcome: 'failed', reason: 'timed-out' };
  if (failure === undefined) return { outcome: 'answered' };
  return { outcome: outcomesOf[failure] ?? 'failed', reason: failure };
}

function failedWords(reason: FailureCode | undefined, questionId: string, details: Parameters<typeof failureWords>[2]): string {
  return reason === undefined ? '' : failureWords(reason, questionId, reason === 'blocked' || reason === 'over-budget' ? details : {});
}
