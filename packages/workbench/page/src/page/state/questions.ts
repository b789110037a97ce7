import type { SlackMessage } from '@vera/slack-stand-in/contract';
import type { RoadQuestion } from '../../road.ts';
import type { Model } from './model.ts';

/** The question whose road is shown: the chosen one, else the last of the open thread, else the last of the channel. */
export function shownQuestion({ questions, chosenQuestion, thread, channel }: Model): RoadQuestion | undefined {
  const chosen = questions.find(({ question }) => question === chosenQuestion);
  const here = questions.filter((question) => question.channel === channel && (thread === undefined || question.thread === thread));
  return chosen ?? here.at(-1);
}

/** The question that a message asks or answers, when its road is still known. */
export function questionOf({ questions }: Model, { channel, ts, metadata }: SlackMessage): string | undefined {
  const answered = metadata?.event_payload.question;
  return questions.find(({ question, ...place }) => question === answered || (place.channel === channel && place.message === ts))?.question;
}
