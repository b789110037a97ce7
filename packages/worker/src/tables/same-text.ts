/** Texts that differ in nothing but upper and lower case and blanks come out the same: what "=" finds, and what a group holds. */
export function sameText(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().normalize('NFC');
}
