import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { adfHtml, isAdf } from '../atlassian/adf.ts';
import { confluenceRefusal } from './confluence-refusal.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };
const alone = ['br', 'hr', 'img', 'col'];

/** The words of a text in storage format, a line for each block. */
export function storageText(storage: string): string {
  return storage
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/<\/(?:p|h[1-6]|li|pre|tr|blockquote|div)>|<br\s*\/?>/g, '\n')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#\d+|\w+);/g, (whole, name: string) =>
      name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : (entities[name] ?? whole),
    )
    .trim();
}

/** Why a text is no storage format, which has to be XHTML; nothing when it is. */
function storageFault(storage: string): string | undefined {
  const open: string[] = [];
  const plain = storage.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').replace(/<!--[\s\S]*?-->/g, '');
  for (const [tag, closing, name = '', rest = ''] of plain.matchAll(/<(\/?)([a-zA-Z][\w:-]*)([^<>]*)>/g)) {
    if (rest.endsWith('/')) continue;
    if (closing === '') {
      if (alone.includes(name)) return `Error parsing xhtml: Expected a self-closing tag: ${tag}`;
      open.push(name);
      continue;
    }
    const expected = open.pop();
    if (expected !== name) return `Error parsing xhtml: Unexpected close tag </${name}>; expected </${expected ?? ''}>.`;
  }
  if (open.length > 0) return `Error parsing xhtml: Unexpected EOF; expected close tag </${open.at(-1)}>.`;
  return /<(?![/!a-zA-Z])/.test(plain) ? "Error parsing xhtml: Unexpected character ' ' (code 32) in content after '<'" : undefined;
}

/** The text of a request, in storage format whichever way it came: as storage, or as a document in JSON in a string. */
export function readBody(body: unknown): string {
  const given = isJsonObject(body) && isJsonObject(body.storage) ? body.storage : body;
  if (!isJsonObject(given) || typeof given.value !== 'string') {
    throw confluenceRefusal(400, 'INVALID_REQUEST_PARAMETER', "The 'body' must have a representation and a value.");
  }
  switch (given.representation) {
    case 'storage': {
      const fault = storageFault(given.value);
      if (fault !== undefined) throw confluenceRefusal(400, 'INVALID_REQUEST_PARAMETER', fault);
      return given.value;
    }
    case 'atlas_doc_format': {
      const document = parsed(given.value);
      if (!isAdf(document))
        throw confluenceRefusal(400, 'INVALID_REQUEST_PARAMETER', 'Content body cannot be converted to new editor format');
      return adfHtml(document);
    }
    default:
      throw confluenceRefusal(
        400,
        'INVALID_REQUEST_PARAMETER',
        `Provided value {${String(given.representation)}} for 'representation' is not valid. Valid values: storage, atlas_doc_format, wiki`,
      );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
