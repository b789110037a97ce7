/** What was said beside words of thanks. */
export interface Thanks {
  /** It may be a yes as well, where something was asked before. */
  readonly mayAssent: boolean;
  /** What is neither; perhaps the name of whom it thanks. */
  readonly rest: string;
}

/** Whoever has more to say than this says more than thanks. */
const longest = 120;

/** The thanks in a short message to Vera; undefined where there are none, or where it could ask something. */
export function thanksIn(text: string, botUserId: string): Thanks | undefined {
  if (text.length > longest) return undefined;
  const spoken = text
    .replaceAll(`<@${botUserId}>`, ' ')
    .replace(/:skin-tone-[2-6]:/g, '')
    .replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji.get(name) ?? '?');
  const words = wordsOf(spoken);
  if (words.some((word) => !isPlain.test(word))) return undefined;
  let left = `${words.join(' ')} `;
  let isThanks = false;
  let mayAssent = false;
  const rest: string[] = [];
  while (left !== '' && left !== ' ') {
    const phrase = phrases.find(({ words: known }) => left.startsWith(known));
    if (!phrase) rest.push(left.slice(0, left.indexOf(' ')));
    isThanks ||= phrase?.kind === 'thanks' || phrase?.kind === 'either';
    mayAssent ||= phrase?.kind === 'assent' || phrase?.kind === 'either';
    left = left.slice(phrase?.words.length ?? left.indexOf(' ') + 1);
  }
  return isThanks ? { mayAssent, rest: rest.join(' ') } : undefined;
}

/** Whether two names are the same to somebody who writes in a hurry. */
export function isSameName(one: string, other: string): boolean {
  return wordsOf(one).join(' ') === wordsOf(other).join(' ');
}

/** Letters, digits and pictures; a question mark or a piece of code is none of these. */
const isPlain = /^(?:[\p{L}\p{N}]+|\p{Extended_Pictographic})$/u;

/** In small letters without accents; each picture by itself, without its skin tone. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|\p{Cf}|\p{Emoji_Modifier}/gu, '')
    .replace(/\p{Extended_Pictographic}/gu, ' $& ')
    .replace(/[!.,;:…'’"()*_~–—。、，！-]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** By Slack's names, as far as they thank or agree. */
const emoji: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ pray: '🙏', bow: '🙇', heart: '❤', heart_eyes: '😍', hugging_face: '🤗', raised_hands: '🙌', clap: '👏', tada: '🎉', blush: '😊' },
    ...{ smile: '😄', slightly_smiling_face: '🙂', grinning: '😀', wink: '😉', star_struck: '🤩', sparkles: '✨', rocket: '🚀' },
    ...{ '+1': '👍', thumbsup: '👍', ok_hand: '👌', white_check_mark: '✅', heavy_check_mark: '✔', muscle: '💪', fire: '🔥', 100: '💯' },
  }),
);

type Kind = 'thanks' | 'either' | 'assent' | 'filler';

const known: Readonly<Record<Kind, string>> = {
  thanks: `thank you|thank u|thankyou|thanks|thank|thx|thnx|thanx|tnx|ty|tysm|tyvm|ta|cheers|much obliged|much appreciated|appreciated|appreciate it|kudos
    |danke|dankeschön|danke schön|danke sehr|danke dir|danke euch|vielen dank|vielen lieben dank|besten dank|herzlichen dank|merci|merci vielmal|merci beaucoup
    |merci bien|gracias|muchas gracias|mil gracias|moltes gràcies|gràcies|grazie|grazie mille|mille grazie|obrigado|obrigada|muito obrigado|muito obrigada
    |dank je|dank je wel|dankjewel|dank u|dank u wel|bedankt|hartelijk dank|tack|tack så mycket|takk|tusen takk|mange takk|mange tak|kiitos|kiitti|aitäh
    |paldies|ačiū|dziękuję|dzięki|dzięki wielkie|děkuji|děkuju|díky|ďakujem|vďaka|köszönöm|köszi|mulțumesc|mersi|hvala|hvala lijepa|teşekkürler
    |teşekkür ederim|sağ ol|спасибо|большое спасибо|дякую|благодаря|хвала|ευχαριστώ|شكرا|شكرا جزيلا|תודה|תודה רבה|धन्यवाद|शुक्रिया|谢谢|谢谢你|多谢|謝謝|感謝|ありがとう
    |ありがとうございます|どうもありがとう|감사합니다|고마워|고마워요|고맙습니다|terima kasih|makasih|cảm ơn|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|salamat|asante|🙏|🙇|❤|🤗|🙌`,
  either: '👍|👌|👏|💪|✅|✔|💯',
  assent:
    'ok|okay|k|great|perfect|cool|nice|awesome|excellent|wonderful|super|prima|top|good|got it|all good|amazing|brilliant|lovely|noted|will do',
  filler: `very much|so much|a lot|a ton|a bunch|a million|a mil|loads|many|again|for your help|for the help|for that|for this|that helps|that helped|this helps
    |very helpful|helpful|all|everyone|you|for now|und|and|😍|🎉|😊|😄|🙂|😀|😉|🤩|✨|🚀|🔥`,
};

/** The longest first: "danke schön" is more than "danke". */
const phrases = (Object.entries(known) as [Kind, string][])
  .flatMap(([kind, list]) => list.split('|').map((phrase) => ({ kind, words: `${wordsOf(phrase).join(' ')} ` })))
  .sort((a, b) => b.words.length - a.words.length);
