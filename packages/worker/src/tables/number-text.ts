/** A number as it is told: of what floating point adds behind the fifteenth digit, nothing. */
export function numberText(value: number): string {
  const plain = roundedNumber(value);
  return Math.abs(plain) >= 1e21 || (plain !== 0 && Math.abs(plain) < 1e-6) ? String(plain) : plainDigits(plain);
}

/** Whole numbers have no such digits: all of theirs count, as in the number of an account. */
export function roundedNumber(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
}

function plainDigits(value: number): string {
  return Object.is(value, -0) ? '0' : String(value);
}

export function percentText(fraction: number): string {
  return `${numberText(fraction * 100)} %`;
}

/** Hours as `36:00`, with seconds only where there are any. */
export function durationText(hours: number): string {
  const seconds = Math.round(Math.abs(hours) * 3_600);
  const pad = (part: number) => String(part).padStart(2, '0');
  const rest = seconds % 60;
  const text = `${Math.floor(seconds / 3_600)}:${pad(Math.floor(seconds / 60) % 60)}${rest === 0 ? '' : `:${pad(rest)}`}`;
  return hours < 0 && seconds > 0 ? `-${text}` : text;
}
