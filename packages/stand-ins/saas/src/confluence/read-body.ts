import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { adfHtml } from '../atlassian/adf/adf-html.ts';
import { isAdf } from '../atlassian/adf/is-adf.ts';
import { confluenceRefusal } from './confluence-refusal.ts';
import { storageFault } from './storage-format.ts';

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
