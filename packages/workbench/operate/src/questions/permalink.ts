/** A message, as a link to it says. */
export interface LinkedMessage {
  readonly channelId: string;
  readonly messageTs: string;
  /** The thread it stands in; the message itself, where it opens one. */
  readonly threadTs: string;
}

/**
 * What Slack's "Copy link" names: `https://WORKSPACE.slack.com/archives/C…/p1234567890123456?thread_ts=1234567890.123456&cid=C…`. Undefined for
 * any other text. https://docs.slack.dev/reference/methods/chat.getPermalink
 */
export function linkedMessage(text: string): LinkedMessage | undefined {
  // As Slack writes it into a message: <https://…|words>.
  const [, address = text.trim()] = /^<([^|>]+)(?:\|[^>]*)?>$/.exec(text.trim()) ?? [];
  const { hostname, pathname, searchParams } = URL.parse(address) ?? {};
  if (hostname === undefined || !/(?:^|\.)slack\.com$/.test(hostname)) return undefined;
  const [, channelId, seconds, micros] = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})\/?$/.exec(pathname ?? '') ?? [];
  if (channelId === undefined) return undefined;
  const messageTs = `${seconds}.${micros}`;
  const thread = searchParams?.get('thread_ts') ?? '';
  return { channelId, messageTs, threadTs: /^\d{10}\.\d{6}$/.test(thread) ? thread : messageTs };
}

/** The way back. The workspace's own address is not known here; from this one Slack takes whoever is signed in to theirs. */
export function permalinkOf({ channelId, messageTs, threadTs }: LinkedMessage): string {
  const inThread = threadTs === messageTs ? '' : `?thread_ts=${threadTs}&cid=${channelId}`;
  return `https://slack.com/archives/${channelId}/p${messageTs.replace('.', '')}${inThread}`;
}
