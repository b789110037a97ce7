import {
  type Action,
  feedbackActionId,
  readFeedbackValue,
  readRetryValue,
  readWhyValue,
  retryActionId,
  whyActionId,
  whyInputId,
} from './action.ts';
import { classifyShortcut } from './classify-shortcut.ts';
import { clickedQuestion, isMoment, wayBackOf } from './clicked-question.ts';
import { readDecisionValue, reasonInputId, verdictOf } from './decision.ts';
import { type Errand, homeLinkActionId, memoryWishOf, toErrand } from './errand.ts';
import { escapeText } from './escape-text.ts';
import { nextActionId, nextQuestionIn } from './next-question.ts';
import type { Question } from './question.ts';
import { shorten, textLimits } from './shorten.ts';
import { type BlockActions, blockActionsSchema } from './slack-envelope.ts';
import type { Verdict } from './verdict.ts';

/** Only what Vera herself put into a thread is an action; other interactions (URL buttons, for one) just need an answer. */
export function classifyInteraction(payload: unknown): Verdict {
  if (typeof payload !== 'object' || payload === null) return { kind: 'ignore', reason: 'interaction missing' };
  const type = 'type' in payload ? String(payload.type) : 'missing';
  if (type === 'message_action') return classifyShortcut(payload);
  if (type !== 'block_actions') return { kind: 'ignore', reason: `interaction ${type}` };
  const parsed = blockActionsSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'malformed', reason: 'block_actions of another shape' };
  const errand = homeErrandOf(parsed.data) ?? memoryErrandOf(parsed.data);
  if (errand) return { kind: 'errand', errand };
  const question = nextQuestionOf(parsed.data);
  if (question) return { kind: 'question', question };
  const action = feedbackOf(parsed.data) ?? whyOf(parsed.data) ?? retryOf(parsed.data) ?? decisionOf(parsed.data);
  return action ? { kind: 'action', action } : { kind: 'ignore', reason: 'not one of our buttons' };
}

/** The home tab is a view and no message: nobody but who looks at it can press anything there. */
function homeErrandOf({ actions, user, team }: BlockActions): Errand | undefined {
  const button = actions.find(({ action_id }) => action_id === homeLinkActionId);
  const teamId = team?.id ?? user.team_id;
  return button && teamId ? toErrand({ wish: 'home-link', teamId, userId: user.id }, button.action_ts ?? '') : undefined;
}

/** In the home tab, or in a message that this person alone sees: what they read there is then replaced. */
function memoryErrandOf({ actions: [pressed, ...more], user, team, ...click }: BlockActions): Errand | undefined {
  const wish = pressed && memoryWishOf(pressed.action_id);
  const teamId = team?.id ?? user.team_id;
  if (!wish || more.length > 0 || !teamId) return undefined;
  const about = shorten(pressed.value ?? '', longestValue, { notice: '' });
  return toErrand({ wish, teamId, userId: user.id, about, ...wayBackOf(click) }, pressed.action_ts ?? '');
}

/** Of a button's value: https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const longestValue = 2_000;

/** A question under an answer, asked by whoever clicked it; no message stands for it, as with the shortcut. */
function nextQuestionOf(click: BlockActions): Question | undefined {
  const button = click.actions.find(({ action_id }) => action_id.startsWith(`${nextActionId}.`));
  const text = button?.value === undefined ? undefined : nextQuestionIn(button.value);
  const place = placeOf(click);
  const about = click.container.message_ts ?? click.message?.ts;
  const messageTs = button?.action_ts;
  if (!text || !place?.teamId || !about || !isMoment(messageTs)) return undefined;
  const { teamId, channelId, threadTs } = place;
  return clickedQuestion(click, { teamId, channelId, messageTs, threadTs, text: escapeText(text), files: [], about });
}

function feedbackOf(click: BlockActions): Action | undefined {
  const feedback = pressed(click, feedbackActionId, readFeedbackValue);
  const place = placeOf(click);
  return feedback && place && { kind: 'feedback', ...place, ...feedback, ...wayBackOf(click) };
}

function whyOf(click: BlockActions): Action | undefined {
  const why = pressed(click, whyActionId, readWhyValue);
  const place = placeOf(click);
  return why && place && { kind: 'why', ...place, ...why, ...reasonIn(click, whyInputId), ...wayBackOf(click) };
}

function retryOf(click: BlockActions): Action | undefined {
  const retry = pressed(click, retryActionId, readRetryValue);
  const place = placeOf(click);
  const ts = click.actions.find(({ action_id }) => action_id === retryActionId)?.action_ts;
  return retry && place && { kind: 'retry', ...place, ...retry, ...(isMoment(ts) ? { ts } : {}), ...wayBackOf(click) };
}

function decisionOf(click: BlockActions): Action | undefined {
  const [button, ...more] = click.actions.filter(({ action_id }) => verdictOf(action_id) !== undefined);
  // A person presses one button at a time.
  if (!button || more.length > 0) return undefined;
  const verdict = verdictOf(button.action_id);
  const decision = pressed(click, button.action_id, readDecisionValue);
  const place = placeOf(click);
  if (!verdict || !decision || !place) return undefined;
  return { kind: 'decision', ...place, ...decision, verdict, ...reasonIn(click, reasonInputId), ...wayBackOf(click) };
}

/** What the button of this name carries, if it was pressed and is ours. */
function pressed<T>({ actions }: BlockActions, actionId: string, read: (value: string) => T | undefined): T | undefined {
  const value = actions.find(({ action_id }) => action_id === actionId)?.value;
  return value === undefined ? undefined : read(value);
}

/** Slack sends a field that nobody touched as null; one in which nothing can be seen is as good as that. */
function reasonIn({ state }: BlockActions, inputId: string): { readonly reason?: string } {
  const typed = state?.values?.[inputId]?.[inputId]?.value?.trim() ?? '';
  return seen.test(typed) ? { reason: shorten(typed, textLimits.reason, { notice: '' }) } : {};
}

const seen = /[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

function placeOf({ container, channel, message, user, team }: BlockActions) {
  const channelId = container.channel_id ?? channel?.id;
  const messageTs = container.message_ts ?? message?.ts;
  if (!channelId || !messageTs) return undefined;
  return {
    teamId: team?.id ?? user.team_id ?? '',
    channelId,
    threadTs: container.thread_ts ?? message?.thread_ts ?? messageTs,
    userId: user.id,
  };
}
