/** The message with a link to somebody's accounts, as blocks: its words, and a button that leads there. */
export function connectLinkBlocks(text: string, url: string) {
  return [{ type: 'section', text: { type: 'mrkdwn', text }, accessory: connectLinkButton(url) }];
}

export function connectLinkButton(url: string) {
  const label = { type: 'plain_text', text: 'Open your accounts' };
  return { type: 'button', action_id: 'open_accounts', text: label, url, style: 'primary' };
}
