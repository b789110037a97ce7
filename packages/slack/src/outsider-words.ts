/**
 * The one thing said to guests, to people of other companies, and to everybody where those read along; by whatever way they come. In
 * Markdown and Slack's mark-up alike: it has neither.
 */
export const outsiderWords =
  'I answer colleagues only, and only where nobody of another company reads along. For guests, for people of other companies and in channels ' +
  'shared with them I look nothing up, change nothing and use no memory. Colleagues can ask me in an internal channel or in a direct message.';
