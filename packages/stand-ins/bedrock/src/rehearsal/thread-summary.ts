import type { Conversation } from './conversation.ts';

const request = /\b(?:summari[sz]e|summary|recap|sum up|tl;?dr)\b/i;
const about = /\b(?:thread|conversation|discussion|above|so far|this|us)\b|^\W*\w+\W*$/i;
const longestLine = 160;
const mostLines = 12;

/** Who said what so far, when somebody asks for a summary of the thread. */
export function threadSummary({ question, earlier }: Conversation): string | undefined {
  if (!request.test(question) || !about.test(question) || earlier.length === 0) return undefined;
  const lines = earlier.slice(-mostLines).map(({ speaker = 'Somebody', text }) => {
    const line = text.replace(/\s+/g, ' ');
    return `- **${speaker}**: ${line.length > longestLine ? `${line.slice(0, longestLine)} …` : line}`;
  });
  return ['This is what was asked in this thread so far:', lines.join('\n')].join('\n\n');
}
