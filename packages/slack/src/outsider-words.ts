/**
 * The one thing said to people of other companies, and to everybody where those read along or who somebody is cannot be told; by whatever way they come. In
 * Markdown and Slack's mark-up alike: it has neither.
 */
export const outsiderWords =
  'I answer colleagues only, and only where nobody of another company reads along. For guests, for people of other companies and in channels ' +
  'shared with them I look nothing up, change nothing and use no memory. Colleagues can ask me in an internal channel or in a direct message.';

/** To a guest, by whatever way they come. What is kept of somebody who was a colleague before stays theirs to see and to end. */
export const guestWords =
  'You are a guest in this workspace, and I answer colleagues only: for guests I look nothing up, change nothing and use no memory. What you ' +
  'want to know a colleague can ask me. What I may still keep of you is yours: my command with the word “memory”, and my home tab, show it, ' +
  'forget it, and give it to you as a file.';
