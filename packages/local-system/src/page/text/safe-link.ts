const protocols = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const elsewhere = 'http://relative.invalid';

/** The address when following it cannot run anything; undefined otherwise. Paths such as `../leave.md` only where `relative` allows them. */
export function safeLink(address: string, relative: 'with-paths' | 'absolute-only' = 'absolute-only'): string | undefined {
  // A browser ignores control characters and spaces around an address, so this must judge it without them.
  const plain = [...address].filter((character) => character > ' ' && character !== '\u007f').join('');
  const url = URL.parse(plain, elsewhere);
  if (!url || plain === '' || !protocols.has(url.protocol)) return undefined;
  const isPath = url.origin === elsewhere && !plain.startsWith(elsewhere);
  return isPath && relative === 'absolute-only' ? undefined : plain;
}
