import { type WhyAction, whyActionId, whyInputId, whyValueOf } from '@vera/protocol/action';
import { textLimits } from '@vera/protocol/shorten';

type Block = Readonly<Record<string, unknown>>;

/**
 * What a person is asked, and nobody else, who rated an answer bad. In a private message by the click's own response URL: a modal would take
 * the bot's token, which the receiver does not have, and three seconds at most.
 */
export function askWhy(answer: Pick<WhyAction, 'threadTs' | 'messageTs'>): { readonly text: string; readonly blocks: readonly Block[] } {
  const text = 'Thank you. What was wrong with this answer?';
  const input = { type: 'plain_text_input', action_id: whyInputId, max_length: textLimits.reason };
  const send = { type: 'button', text: plain('Send'), action_id: whyActionId, value: whyValueOf(answer) };
  const hint = plain('Kept with your thumbs down, for the team that runs me. Nobody in the thread sees it.');
  return {
    text,
    blocks: [
      { type: 'input', block_id: whyInputId, optional: true, label: plain(text), hint, element: input },
      { type: 'actions', elements: [send] },
    ],
  };
}

/** What stands in its place once they pressed Send. `unrated`: by now they think well of the answer, or it is not known any more. */
export function whyAnswered(outcome: 'kept' | 'blank' | 'unrated'): string {
  switch (outcome) {
    case 'kept':
      return 'Thank you. I keep this with your thumbs down.';
    case 'blank':
      return 'Thank you. Your thumbs down stands, without a reason.';
    case 'unrated':
      return 'I kept nothing of this: there is no thumbs down of yours on this answer any more.';
  }
}

function plain(text: string): Block {
  return { type: 'plain_text', text };
}
