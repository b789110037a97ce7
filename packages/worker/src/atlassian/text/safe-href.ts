/** An address that may stand in a link: of http, https or mailto; as the parser of browsers reads it, so that both mean the same. */
export function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : undefined;
}
