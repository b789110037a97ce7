/**
 * What was read in Slack, message for message; the tool gives each as its number (of the first in a thread), its time, and its words. Where
 * nothing was read it says so in a sentence.
 */
export function tellSlack(result: string, channel: string): string {
  const threads = result.split(/\n\n(?=\[\d+\] \d{4}-)/);
  // Newest first; one in which somebody says what was decided goes before those in which there was only talk.
  const first = threads.find((thread) => decided.test(thread)) ?? threads[0];
  const more = threads.filter((thread) => thread !== first);
  const messages = (first ?? '').split(/(?:^|\n\n)(?:\[\d+\] )?\d{4}-\d\d-\d\d \d\d:\d\d UTC\n/).filter((words) => words.trim() !== '');
  const number = /^\[(\d+)\]/.exec(first ?? '')?.[1];
  if (number === undefined) return result;
  const quoted = messages.map((words) => words.trim().replace(/^/gm, '> ')).join('\n>\n');
  const others = more.length === 0 ? '' : `\n\nFound besides: ${more.flatMap((thread) => /^\[\d+\]/.exec(thread) ?? []).join(' ')}`;
  return `In ${channel} [${number}]:\n\n${quoted}${others}`;
}

const decided = /^(?:decided|agreed|we (?:decided|agreed))\b/im;
