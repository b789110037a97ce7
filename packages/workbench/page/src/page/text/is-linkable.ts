/** Leads to a page, an address or a telephone, and runs nothing. */
export function isLinkable(href: string, isRelativeAllowed = false): boolean {
  const url = URL.parse(href);
  if (url) return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol);
  return isRelativeAllowed && !href.startsWith('//') && !/^[^/?#]*:/.test(href);
}
