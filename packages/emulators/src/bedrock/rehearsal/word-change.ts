import type { ToolOutcome } from './conversation.ts';

const denied = /\bden(?:y|ied|ies)\b|\bdeclined\b|\brejected\b|\bsaid no\b|\bnot approved\b/i;
const expired = /\bexpired?\b|\btoo late\b|\bnobody (?:answered|approved|decided)\b|\bin time\b/i;
const unsure = /\bunknown\b|\bnot known\b|\bmay (?:or may not )?have\b|\bunclear\b|\buncertain\b|\bcannot tell\b/i;
const reason = /\breason(?: given)?\b[^:"“]*[:"“]\s*["“]?([^"”\n]+)|["“]([^"”\n]+)["”]/i;
const longest = 400;

/** What came of a change, in a sentence or two with its link. */
export function wordChange({ text, failed }: ToolOutcome): string {
  const url = /https?:\/\/[^\s)>\]"|]+[^\s)>\]"|.,;:!?]/.exec(text)?.[0];
  if (url && !failed) return linked(text, url);
  const plain = sentencesOf(text);
  // Before the first colon: behind it may stand what a person wrote.
  const told = text.split(/[:"“]/)[0] ?? text;
  if (unsure.test(told)) return `I do not know whether it was done. ${plain} Please look there before you ask again.`;
  if (denied.test(told)) {
    const why = reason.exec(text);
    const given = (why?.[1] ?? why?.[2])?.trim().replace(/[.!]$/, '');
    return `Nothing was changed: it was denied${given ? `, with the reason “${given}”` : ''}.`;
  }
  if (expired.test(told)) return 'Nothing was changed: nobody decided in time. Ask again, and I will propose it anew.';
  return failed ? `That did not work: ${plain}` : plain;
}

/** The sentence with the address behind the title that stands for it. */
function linked(text: string, url: string): string {
  if (new RegExp(`\\]\\(${escaped(url)}`).test(text)) return sentencesOf(text);
  const key = /[A-Z][A-Z0-9]+-\d+/.exec(url)?.[0];
  const bare = text.replace(new RegExp(`[(<:]*\\s*${escaped(url)}\\s*[)>]?`, 'g'), ' ');
  // The key once more, as the title of the address.
  const last = key === undefined ? -1 : bare.lastIndexOf(key);
  const isTwice = key !== undefined && bare.indexOf(key) < last;
  const told = sentencesOf(
    (isTwice ? bare.slice(0, last) + bare.slice(last + key.length) : bare).replace(/\b(?:link|see|url)[\s:.]*$/i, ''),
  );
  if (key && told.includes(key)) return told.replace(key, () => `[${key}](${url})`);
  const ended = told === '' ? 'Done.' : told;
  return `${ended} [${key ?? 'Open it'}](${url})`;
}

function sentencesOf(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const short = plain.length <= longest ? plain : `${plain.slice(0, plain.lastIndexOf(' ', longest))} …`;
  return short === '' || /[.!?…)]$/.test(short) ? short : `${short}.`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
