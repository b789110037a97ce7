/** A JSON pointer (RFC 6901) one or more steps below another. */
export function pointerTo(parent: string, ...keys: readonly string[]): string {
  return [parent, ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
