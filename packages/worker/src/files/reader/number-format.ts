import { durationText, numberText, percentText } from '../../tables/number-text.ts';
import { type FormatSection, formatSection } from './format-section.ts';
import type { ReadCell } from './to-table.ts';

/** How a number of a sheet is shown, as far as it says what the number means. */
export type NumberFormat =
  | { readonly kind: 'percent' | 'date' | 'time' | 'duration' }
  | { readonly kind: 'number'; readonly currency?: string | undefined; readonly isHidden?: boolean }
  /** As a postal code or a telephone number: filled up with noughts, `\0` for each digit. */
  | { readonly kind: 'digits'; readonly shown: string };

/** Those that have a number instead of a code, ECMA-376 part 1, 18.8.30. */
export function builtInFormat(id: number): NumberFormat {
  if (id === 9 || id === 10) return { kind: 'percent' };
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return { kind: 'date' };
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35)) return { kind: 'time' };
  return { kind: id === 46 ? 'duration' : 'number' };
}

/** What a code such as `[h]:mm` or `dd/mm/yyyy;@` makes of a number. */
export function formatOf(format: string): NumberFormat {
  // Sections without anything show nothing.
  if (/^;{2,3}$/.test(format.trim())) return { kind: 'number', isHidden: true };
  const section = formatSection(format);
  const { code, brackets, shown } = section;
  if (brackets.some((bracket) => /^(?:h+|m+|s+)$/.test(bracket))) return { kind: 'duration' };
  // Letters beside places of digits are a unit or a currency that nobody quoted; fractions of a second have such places, too.
  const hasDigits = /[0#?]/.test(code.replace(/s[.,]0+/g, 's'));
  if (/general|standard/.test(code) || (hasDigits && /[a-z]/.test(code))) return { kind: 'number', currency: currencyIn(section) };
  if (/[yd]|m{3,}|^m+$/.test(code)) return { kind: 'date' };
  if (/[hs]|am\/pm/.test(code)) return { kind: 'time' };
  if (code.includes('%')) return { kind: 'percent' };
  return areDigits(section) ? { kind: 'digits', shown } : { kind: 'number', currency: currencyIn(section) };
}

/** Places for noughts alone, in groups perhaps; but one place before groups of three parts thousands. */
function areDigits({ code, shown }: FormatSection): boolean {
  const [first = '', ...others] = shown.match(/\0+/g) ?? [];
  return /^[-()/:+ ]*0[-()/:+0 ]*$/.test(code) && (first.length > 1 || others.some(({ length }) => length !== 3));
}

/** As `[$€-407]`, where the number is the language, as `"EUR"`, or bare. A text that says more, such as "per $", is a unit. */
function currencyIn({ named, texts }: FormatSection): string | undefined {
  return named || texts.find((text) => /^(?:[A-Z]{0,3}\p{Sc}|USD|EUR|GBP|CHF|JPY)$/u.test(text));
}

/** A stored number as it is meant. Digits that cannot be computed with stay as they stand in the file. */
export function numberCell(stored: string, format: NumberFormat, isFrom1904: boolean): ReadCell {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return { text: stored, value: undefined, kind: 'error' };
  switch (format.kind) {
    case 'percent':
      return { text: percentText(value), value, kind: 'percent' };
    case 'duration':
      return { text: durationText(value * 24), value: rounded(value * 24), kind: 'duration' };
    case 'time': {
      const hours = (((value % 1) + 1) % 1) * 24;
      return { text: durationText(hours), value: rounded(hours), kind: 'duration' };
    }
    case 'date': {
      const date = dateOf(value, isFrom1904);
      return date === undefined ? plain(stored, value) : { text: date.replace('T', ' '), value: date, kind: 'date' };
    }
    case 'digits': {
      const text = /^\d+$/.test(stored) ? inPlaces(stored, format.shown) : stored;
      return { text, value: text, kind: 'text' };
    }
    case 'number': {
      const cell = plain(stored, value);
      return format.currency ? { ...cell, text: `${cell.text} ${format.currency}`, currency: format.currency } : cell;
    }
  }
}

/** More digits than places stand before the first. */
function inPlaces(digits: string, shown: string): string {
  const places = shown.split('\0').length - 1;
  const filled = digits.padStart(places, '0');
  let at = filled.length - places;
  return shown.replaceAll('\0', (_, place: number) => {
    at += 1;
    return place === shown.indexOf('\0') ? filled.slice(0, at) : (filled[at - 1] ?? '');
  });
}

function plain(stored: string, value: number): ReadCell {
  // 2^53: from there on digits are lost.
  if (/^-?\d{16,}$/.test(stored) && !Number.isSafeInteger(value)) return { text: stored, value: stored, kind: 'text' };
  return { text: numberText(value), value, kind: 'number' };
}

function rounded(hours: number): number {
  return Number(hours.toFixed(9));
}

const day = 86_400;
/** Days from Excel's beginning to 1970. */
const to1970 = { from1900: 25_569, from1904: 24_107 };
const lastDay = 2_958_465;

/** ISO 8601; undefined for what no calendar holds. Excel counts a 29 February 1900 that was none, so days before it are one off. */
function dateOf(serial: number, isFrom1904: boolean): string | undefined {
  if (serial < 0 || serial > lastDay) return undefined;
  const shifted = isFrom1904 || serial >= 61 ? serial : serial + 1;
  const seconds = Math.round((shifted - (isFrom1904 ? to1970.from1904 : to1970.from1900)) * day);
  const iso = new Date(seconds * 1_000).toISOString();
  return seconds % day === 0 ? iso.slice(0, 10) : iso.slice(0, iso.endsWith(':00.000Z') ? 16 : 19);
}
