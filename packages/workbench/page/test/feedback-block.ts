const plain = (text: string) => ({ type: 'plain_text', text });

/** The two thumbs below an answer, as Vera sends them. */
export const feedbackBlock = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: { text: plain('Good'), value: 'good:1.2' },
      negative_button: { text: plain('Bad'), value: 'bad:1.2' },
    },
  ],
};
