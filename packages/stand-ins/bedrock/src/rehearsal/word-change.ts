import type { ToolOutcome } from './conversation.ts';

const denied = /\bden(?:y|ied|ies)\b|\bdeclined\b|\brejected\b|\bsaid no\b/i;
const expired = /\bexpired?\b|\btoo late\b|\bnobody (?:answered|approved|decided)\b|\bin time\b/i;
const unsure = /\bunknown\b|\bnot known\b|\bunclear\b|\buncertain\b|\bcannot tell\b/i;
const reason = /\breason(?: given)?\b[^:"“\n]*[:"“]\s*["“]?([^"”\n]+)/i;
/** What is said to a model, and not to a person. */
const forModels =
  /\s*Do not propose it again\b.*$|^(?:\w*Error: )?(?:Approved and done\.\s*)?|\bSay so(?: in the answer)?[;.]\s*|\s*Link for the answer:\s*/gis;
const longest = 400;

/** What came of a change, in a sentence or two with its link. */
export function wordChange({ text, failed }: ToolOutcome): string {
  const told = text.replace(forModels, (part) => (/link/i.test(part) ? ' ' : '')).trim();
  const url = /https?:\/\/[^\s)>\]"|]+[^\s)>\]"|.,;:!?]/.exec(told)?.[0];
  if (url && !failed) return linked(told, url);
  const plain = sentencesOf(told);
  // Before the first colon or quote: behind it may stand what a person wrote.
  const outcome = told.split(/[:"“]/)[0] ?? told;
  if (/^approved, but it failed\b/i.test(told)) return `It was ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`;
  if (unsure.test(outcome)) return `I do not know whether it was done. Please look in ${systemIn(text)} before you ask again.`;
  if (denied.test(outcome)) {
    const given = reason.exec(told)?.[1]?.trim().replace(/[.!]$/, '');
    return `Nothing was changed: it was denied${given ? `, with the reason “${given}”` : ''}.`;
  }
  if (expired.test(outcome)) return 'Nothing was changed: nobody decided in time. Ask again, and I will propose it anew.';
  return failed ? `That did not work: ${plain}` : plain;
}

/** The sentence with its link: at the name that stands for it where it is said, else behind. */
function linked(text: string, url: string): string {
  const [whole, given] = new RegExp(`\\[([^\\]]*)\\]\\(${escaped(url)}\\)`).exec(text) ?? [];
  const key = /[A-Z][A-Z0-9]+-\d+/.exec(url)?.[0];
  const title = given ?? key;
  const bare = text.replace(whole ?? new RegExp(`[(<:]*\\s*${escaped(url)}\\s*[)>]?`), ' ').replace(/\b(?:link|see|url)[\s:.]*$/i, '');
  // A bare address often stands behind its name, which is said already.
  const last = title === undefined ? -1 : bare.lastIndexOf(title);
  const isTwice = title !== undefined && bare.indexOf(title) < last;
  const told = sentencesOf(
    (isTwice ? bare.slice(0, last) + bare.slice(last + title.length) : bare).replace(/\b(?:link|see|url)[\s:.]*$/i, ''),
  );
  if (title && told.includes(title)) return told.replace(title, () => `[${title}](${url})`);
  return `${told === '' ? 'Done.' : told} [${title ?? 'Open it'}](${url})`;
}

function systemIn(text: string): string {
  return /\blook in ([\w ]{1,40}?) first\b/.exec(text)?.[1] ?? 'the tool itself';
}

function sentencesOf(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;])/g, '')
    .trim();
  const short = plain.length <= longest ? plain : `${plain.slice(0, plain.lastIndexOf(' ', longest))} …`;
  return short === '' || /[.!?…)]$/.test(short) ? short : `${short}.`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
