import { knownMonths } from './known-months.ts';

/**
 * A text with its numbers in one form, for comparing and for nobody's eyes: “90,000”, “90.000” and “90k” are 90000, “0151-555” and
 * “+49 151 555” are 151555, “three” is 3, and “3 May 1990” and “1990-05-03” are d0503 and 1990. The text is in small letters, without accents.
 */
export function withPlainNumbers(text: string): string {
  // Times of day, as they are written in either way.
  const timed = text.replace(/(?<![\d:.])0?(\d{1,2}):([0-5]\d)(?![\d:.]\d|\d)/g, '$1.$2');
  const inDigits = timed.replace(tens, (_, ten, one = '') => String(Number(numberWords[ten]) + Number(numberWords[one] ?? 0)));
  return withPlainDates(inDigits.replace(/\p{L}+/gu, (word) => numberWords[word] ?? word))
    .replace(/\((\d+)\)/g, ' $1 ')
    .replace(/(?<=\d) +(?=\d)/g, ' ')
    .replace(written, (_, number: string, unit?: string) => ` ${spaced(number, units[unit ?? ''] ?? 1)} `);
}

const spelled = [
  ' one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  '  zwei drei vier funf sechs sieben acht neun zehn elf zwolf',
  '  deux trois quatre cinq six sept huit neuf dix onze douze',
  '  dos tres cuatro cinco seis siete ocho nueve diez once doce',
  '  due tre quattro cinque sei sette otto nove dieci undici dodici',
  '  twee drie vier vijf zes zeven acht negen tien elf twaalf',
];
const tensWords = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const numberWords: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(
    spelled.flatMap((words) => words.split(' ').flatMap((word, value) => (word === '' ? [] : [[word, String(value)]]))),
  ),
  ...Object.fromEntries(tensWords.map((word, at) => [word, String(at * 10 + 20)])),
});
const tens = new RegExp(
  String.raw`(?<!\p{L})(${tensWords.join('|')})(?:[- ](one|two|three|four|five|six|seven|eight|nine))?(?!\p{L})`,
  'gu',
);

const [thousand, million] = [1_000, 1_000_000];
const units: Readonly<Record<string, number>> = {
  ...{ k: thousand, tsd: thousand, thousand, tausend: thousand, mille: thousand, mil: thousand, mila: thousand, тыс: thousand },
  ...{ m: million, mio: million, million, millions: million, millionen: million, millones: million, milioni: million, млн: million },
};
/** Digits in groups, as people part them, and what they count. */
const written = new RegExp(
  String.raw`(?<![d\d])(\+?\d+(?:(?: ?[-–/] ?|[ .,'’])\d+)*)(?: ?(${Object.keys(units).join('|')})(?![\p{L}\p{N}]))?`,
  'gu',
);

/** Blanks part a number of three or more digits a group, and any that begins as those of telephones do; others stand side by side. */
function spaced(text: string, unit: number): string {
  const groups = text.split(/(?<=\d) (?=\d)/);
  const middle = groups.slice(1, groups.length > 2 ? -1 : undefined);
  const isOne = /^[+0]/.test(text) || middle.every((group) => /^\d{3}/.test(group));
  return isOne
    ? plain(text.replaceAll(' ', ''), unit)
    : groups.map((group, at) => plain(group, at === groups.length - 1 ? unit : 1)).join(' ');
}

/** By the International Telecommunication Union's list of country codes (E.164): of one digit, of two, the rest of three. */
const abroad = /^(?:\+|00)(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(?=\D*\d(?:\D*\d){4})/;

function plain(text: string, unit: number): string {
  const [, whole = text, part = ''] = /^(?!0\d)([\d.,'’]*\d)[.,](\d{1,2})$/.exec(text) ?? [];
  const digits = whole
    .replace(abroad, '')
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '');
  const rest = part.replace(/0+$/, '');
  if (unit > 1) return String(Math.round(Number(`${digits}.${rest}`) * unit));
  return rest === '' ? digits : `${digits}p${rest}`;
}

function withPlainDates(text: string): string {
  if (!/\d/.test(text)) return text;
  const { numbers, named } = knownMonths();
  return (
    text
      .replace(/(?<!\d)(?:(\d{4})[-./年] ?)(\d{1,2})[-./月] ?(\d{1,2})日?(?!\d)/g, (all, year, month, day) =>
        dated(all, [[month, day]], year),
      )
      .replace(/(?<!\d)(\d{1,2})月 ?(\d{1,2})日/g, (all, month, day) => dated(all, [[month, day]]))
      .replace(/(?<![\d.])(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?(?!\d)/g, (all, day, month, year) => dated(all, [[month, day]], year))
      // Either may be the month.
      .replace(/(?<![\d/-])(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?![\d/-])/g, (all, one, other, year) =>
        dated(
          all,
          [
            [other, one],
            [one, other],
          ],
          year,
        ),
      )
      .replace(named[0], (all, day, month, year) => dated(all, [[numbers.get(month), day]], year))
      .replace(named[1], (all, month, day, year) => dated(all, [[numbers.get(month), day]], year))
  );
}

type MonthAndDay = readonly [month: string | number | undefined, day: string];

function dated(all: string, readings: readonly MonthAndDay[], year = ''): string {
  const days = readings
    .map((reading) => reading.map(Number))
    .filter(([month = 0, day = 0]) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  if (days.length === 0) return all;
  const words = days.map((parts) => `d${parts.map((part) => String(part).padStart(2, '0')).join('')}`);
  const century = Number(year) > 40 ? '19' : '20';
  return ` ${[...words, ...(year === '' ? [] : [year.length === 2 ? century + year : year])].join(' ; ')} ; `;
}
