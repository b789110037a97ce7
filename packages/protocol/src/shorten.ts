/**
 * How long a text may be, in UTF-16 units, which no count of characters exceeds. Here because all of us cut texts and nobody else may be
 * imported by all. A limit that counts escapes says so.
 */
export const textLimits = {
  /** What one person says at once: Slack cuts it there too. A question of this and of quoted texts leaves room in its record of 400 kB. */
  messageText: 40_000,
  /** What a message quotes, in all. */
  quotedTexts: 20_000,
  /** What of a message its sender typed, where that is told apart: memory takes no more of it. */
  typedWords: 10_000,
  /** A tool's result: some 8,000 tokens. More would crowd out the question. */
  toolResult: 30_000,
  /** The part of a long result that is shown at once: the rest is there by `read_more`, so it need not be as much. */
  toolResultPart: 20_000,
  /** With what memory is searched: AgentCore refuses more. */
  memoryQuery: 10_000,
  /** What of one message is noted for memory: more is something pasted. */
  notedWords: 8_000,
  /** A tool's description by a server: it is sent with every request, beside up to 127 others. */
  toolDescription: 4_000,
  /** What a tool says of a change it made or failed to make: ten of these lie in the ledger's record of a question, of 400 kB at most. */
  changeResult: 4_000,
  /** An answer as plain text, escapes counted: `chat.update` refuses more than 4,000. */
  plainAnswer: 3_900,
  /** One message among those that were read or found in Slack: a hundred of them stand in one result. */
  foundMessage: 2_000,
  /** A text object of Slack's, escapes counted: it refuses more. */
  textObject: 3_000,
  /** The same of an MCP server's tool, which we did not word and so trust to be brief even less. */
  serverChangeResult: 2_000,
  /** What Atlassian says against a request: a sentence for each of many fields. */
  refusal: 1_500,
  /** What a server's tool says went wrong: some words help to call it better, a stack trace does not. */
  toolError: 1_000,
  /** What somebody wants always, in one sentence or two: it is shown whole before they say yes. */
  standingRequest: 500,
  /** One thing remembered of somebody, of which some twenty stand before a question. */
  rememberedFact: 400,
  /** A card's title, which stands in one text object with the system and the person. */
  cardTitle: 500,
  /** Why a change was denied, or an answer is bad: the field for it takes no more either. */
  reason: 500,
  /** What a service desk says of one of its questions or requests, of which it may list a hundred. */
  deskDescription: 300,
  /** A step in a streamed message: Slack refuses more. */
  taskTitle: 256,
  /** What stands in one line: a field on a card, a source under an answer, what an account is needed for, the origin of data. */
  line: 200,
  /** What a model or a person gave and is told back. */
  quote: 100,
  /** One of the names listed where none fits. */
  listedName: 100,
  /** The name of a person, a tool or a provider's error. */
  name: 80,
  /** A session's title, which Slack shows in a narrow list. */
  sessionTitle: 60,
  /** The language of a code block that goes on in the next message: so long a one is none. */
  codeLanguage: 40,
  /** Where an expression cannot be read: the first of the rest. */
  unreadable: 10,
} as const;

interface ShortenOptions {
  /** Stands after what was cut and counts as part of the limit; left out where it alone would be too long. */
  readonly notice?: string;
  /** How much of the limit a text takes, if it grows afterwards, as by escaping. More text never takes less. */
  readonly sizeOf?: (text: string) => number;
}

/**
 * The text, or as much of its beginning as the limit takes, and the notice. No character is parted. To be called before a text is
 * escaped or marked: a cut afterwards could take half an escape or the end of the mark.
 */
export function shorten(text: string, limit: number, { notice = '…', sizeOf = lengthOf }: ShortenOptions = {}): string {
  const whole = text.toWellFormed();
  if (sizeOf(whole) <= limit) return whole;
  const end = notice.length <= limit ? notice : '';
  const room = Math.max(0, limit - end.length);
  let [fits, most] = [0, Math.min(room, whole.length)];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (sizeOf(whole.slice(0, middle)) <= room) fits = middle;
    else most = middle - 1;
  }
  return whole.slice(0, wholeEnd(whole, fits)) + end;
}

/** No character that people write is longer; a letter under a hundred accents may be parted between them. */
const longestCharacter = 64;
let characters: Intl.Segmenter | undefined;

/** The last place up to `end` where a text can be parted: never within what people see as one character, such as a flag or a family. */
export function wholeEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const start = Math.max(0, end - longestCharacter);
  characters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const at = characters.segment(text.slice(start, end + longestCharacter)).containing(end - start)?.index ?? 0;
  if (at > 0 || start === 0) return start + at;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

function lengthOf(text: string): number {
  return text.length;
}
