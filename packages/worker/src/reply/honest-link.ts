/** What a link would have to be for its words to be true; undefined for a scheme that no answer links to. */
export function targetOf(href: string): URL | undefined {
  const address = decoded(href).trim();
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address) ?? URL.parse(`https://${address}`);
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : undefined;
}

/** A link to a mailbox without others to whom its letter would go unseen. */
export function toOneMailbox(href: string): string {
  const [mailbox = '', fields] = decoded(href)
    .trim()
    .split(/\?(.*)/s);
  if (fields === undefined || !/^mailto:/i.test(mailbox)) return href;
  const kept = fields.split('&').filter((field) => /^(?:subject|body)=/i.test(field));
  return kept.length === 0 ? mailbox : `${mailbox}?${kept.join('&')}`;
}

/** Whether an address names where it leads at all: `(j)` behind `array[i]` does not. */
export function isAddress(href: string): boolean {
  const address = decoded(href).trim();
  return /^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(address) || isHost(hostIn(address), '');
}

/** Whether words may stand on a link to `target`: they are to be seen, and each host, mailbox, channel or person they name is where it leads. */
export function isHonest(words: string, target: URL): boolean {
  const seen = decoded(words).normalize('NFKC').replace(unseen, '').replaceAll('。', '.').replace(writtenDot, '.');
  if (seen.trim() === '') return false;
  return seen
    .split(/[\s,;|()[\]{}<>"'“”‘’«»*`]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}#@/]+/u, '').replace(/(?<![^\p{L}\p{N}/])[^\p{L}\p{N}/]+$/u, ''))
    .every((word) => isTrue(word, target));
}

/** As addresses are written that shall be none, and are read as one all the same; a comma looks like a dot. Blanks are begun with once. */
const writtenDot = /(?<!\s)\s*\\?[[({]\s*(?:\.|dot|punkt)\s*\\?[\])}]\s*|(?<=\p{L}),(?=\p{L}{2})/giu;
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

function isTrue(word: string, target: URL): boolean {
  // A number behind `#` is an issue's; a name is a channel's.
  if (/^[#@]\p{L}/u.test(word)) return false;
  // A browser needs no slashes behind its own schemes.
  const scheme = word.search(/(?<![a-z\d+.-])(?:[a-z\d+.-]+:\/\/|https?:(?=\S))/i);
  if (scheme !== -1) return bare(URL.parse(word.slice(scheme))?.hostname ?? '') === hostOf(target);
  const host = hostIn(word);
  if (!isHost(host, target.href)) return true;
  const isMailbox = target.protocol === 'mailto:' && word.includes('@');
  return isMailbox ? word.toLowerCase() === decodeURIComponent(target.pathname).toLowerCase() : bare(host) === hostOf(target);
}

/** The host of an address without scheme: behind a name and its `@`, before path and port. */
function hostIn(address: string): string {
  return (address.split(/[/\\?#]/, 1)[0] ?? '').split('@').at(-1)?.split(':', 1)[0] ?? '';
}

const dotted = /^(?:[\p{L}\p{N}_-]+\.)+(?:\p{L}{2,}|xn--[a-z\d-]+)\.?$/iu;
const numbers = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** Endings of files under which no host can be. */
const files =
  /\.(?:js|mjs|cjs|jsx|ts|tsx|json|yml|yaml|csv|html?|css|txt|log|tf|toml|ini|sql|go|java|docx?|xlsx?|pptx?|pdf|png|jpe?g|gif|svg|xml|env|cfg|conf)$/i;
/** Endings of files that are countries', too: taken for a file where the link names the same one. */
const filesOrHosts = /\.(?:md|sh|py|rs|pl|cc|mk|ps|zip)$/i;

function isHost(text: string, href: string): boolean {
  if (!dotted.test(text)) return numbers.test(text);
  return !files.test(text) && !(filesOrHosts.test(text) && href.toLowerCase().includes(`/${text.toLowerCase()}`));
}

function hostOf(target: URL): string {
  return bare(target.protocol === 'mailto:' ? (target.pathname.split('@').at(-1) ?? '') : target.hostname);
}

function bare(host: string): string {
  return (URL.parse(`https://${host}`)?.hostname ?? host.toLowerCase()).replace(/^www\.|\.$/g, '');
}

const entities: Readonly<Record<string, string>> = {
  ...{ period: '.', sol: '/', colon: ':', commat: '@', num: '#', bsol: '\\', amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' },
  ...{ shy: '', zwj: '', zwnj: '', ZeroWidthSpace: '', NoBreak: '', Tab: '\t', NewLine: '\n', hyphen: '-', dash: '-', lowbar: '_' },
};

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,20}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
