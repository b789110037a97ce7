/** `Ann Chen: `, as the history of a thread names its speakers; up to four capitalised words, or one short name. */
const speaker = /^\s*(?<name>\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3}|\p{Ll}[\p{L}\p{N}._-]{0,30})(?: \([^)]*\))?:\s+/u;

export interface Spoken {
  readonly speaker?: string;
  readonly text: string;
}

/** What a person said, without their name, mentions of us, and Slack's markup. Empty when they only sent a file. */
export function cleanText(raw: string, ourName: string): Spoken {
  const named = speaker.exec(raw);
  const text = (named ? raw.slice(named[0].length) : raw)
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replaceAll(`@${ourName}`, ' ')
    .replace(addressOf(ourName), '')
    .replace(/^\s*@\p{L}+[,:]?\s/u, ' ')
    .replace(/^\s*\(no words\)\s*$/, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  const name = named?.groups?.name;
  return { text, ...(name ? { speaker: name } : {}) };
}

/** `Hi Vera, …` before what is wanted, and `…, Vera` behind it. */
function addressOf(ourName: string): RegExp {
  return new RegExp(`^\\W*(?:(?:hi|hello|hey|dear|ok|thanks)[\\s,]+)?${ourName}[,:.!]+\\s+(?=\\S)|,\\s+${ourName}(?=[\\s?!.]*$)`, 'i');
}
