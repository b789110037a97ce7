import type { MessagePlace } from './verdict.ts';
import type { Work } from './work.ts';

/** What every log line about a piece of work says of it: ids alone, by which all lines about it are found. */
export function workFields(work: Work): Readonly<Record<string, string>> {
  const { id, teamId: team, channelId: channel, threadTs: thread } = work;
  const where = { team, ...(channel ? { channel } : {}), ...(thread ? { thread } : {}) };
  if (work.kind === 'question') return { question: id, ...where, message: work.messageTs };
  return { errand: id, ...where, wish: work.wish };
}

/** The same of a message that is no question, or of which that is not known. */
export function placeFields({ teamId: team, channelId: channel, threadTs: thread, messageTs: message }: MessagePlace) {
  return { team, channel, thread, message };
}
