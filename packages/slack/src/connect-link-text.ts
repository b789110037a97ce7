import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';

/**
 * What the message says with which a person gets the link to their accounts, in mrkdwn. `need` says what the account is wanted for, as
 * plain text; left out when the person asked by themselves.
 */
export function connectLinkText(link: string, need?: string): string {
  const why = need === undefined ? 'Here you see and connect your accounts' : `To ${plain(need)} I need your own account`;
  return `${why}: <${link}|open your accounts>. Only you can see this link. It works once, for ten minutes.`;
}

/** A title that a ticket or a model made up must neither mention anybody nor be a link, beside ours least of all. */
function plain(text: string): string {
  return escapeText(shorten(text.replace(/\s+/g, ' '), textLimits.line));
}
