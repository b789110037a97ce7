import type { KnowledgeBaseRetrievalResult, RetrievalResultContent } from '@aws-sdk/client-bedrock-agent-runtime';
import { type AgeParams, ageOf } from './age-of.ts';
import type { Found, Passage } from './ask-bases.ts';

/** A result as it comes over the wire: any part may be missing. */
export type FoundResult = Partial<Omit<KnowledgeBaseRetrievalResult, 'content'>> & { readonly content?: RetrievalResultContent };

interface BaseParams extends AgeParams {
  /** Of the knowledge base. */
  readonly name: string;
}

/** What can be read of results, and how many hold nothing of the kind, such as a picture: those were found all the same. */
export function passagesIn(results: readonly FoundResult[], params: BaseParams): Found {
  const passages: Passage[] = [];
  let unreadable = 0;
  /** By the query that found them. */
  const tables = new Map<string, { title: string; id: string; text: string }>();
  for (const result of results) {
    const { content } = result;
    const text = [content?.text, content?.audio?.transcription, content?.video?.summary].map((part) => part?.trim()).find(Boolean);
    const row = content?.row?.length ? lineOf(content.row) : undefined;
    if (text) passages.push(toPassage(result, text, params));
    else if (row === undefined) unreadable += 1;
    else {
      const query = result.location?.sqlLocation?.query ?? '';
      const table = tables.get(query);
      if (table) table.text += `\n${row}`;
      else {
        const begun = { title: params.name, id: params.name, text: query ? `SQL: ${query}\n\n${row}` : row };
        tables.set(query, begun);
        passages.push(begun);
      }
    }
  }
  return { passages, unreadable };
}

type Row = NonNullable<RetrievalResultContent['row']>;

/** `clinic: Harbour Street | open: 12`: each row is a result of its own, and all rows of a query are one passage. */
function lineOf(row: Row): string {
  return row.map(({ columnName = '', columnValue, type }) => `${columnName}: ${cellOf(columnValue, type)}`).join(' | ');
}

function cellOf(value: string | undefined, type: Row[number]['type']): string {
  if (type === 'BLOB') return '(binary)';
  return value === undefined || type === 'NULL' ? '(empty)' : value.replace(/\s+/g, ' ');
}

/** Titles that connectors give, beside `title` of one's own: https://docs.aws.amazon.com/bedrock/latest/userguide/kb-test-retrieve-kendra.html */
const titleKeys = ['title', 'x-amz-kendra-document-title', '_document_title'];

function toPassage({ location, metadata = {} }: FoundResult, text: string, { name, ...age }: BaseParams): Passage {
  const { type: _, ...places } = location ?? {};
  const addresses = Object.values(places).flatMap((place) => Object.values(place ?? {}).map(textOf));
  const uri = [...addresses, textOf(metadata['x-amz-bedrock-kb-source-uri']), textOf(metadata._source_uri)].find(Boolean) ?? '';
  const url = firstLink(metadata.url, ...addresses, uri);
  const title = titleKeys.map((key) => textOf(metadata[key])).find(Boolean) ?? nameIn(uri);
  const heading = textOf(metadata.heading);
  return {
    title,
    ...(heading && heading !== title ? { heading } : {}),
    text,
    age: ageOf(metadata, age),
    ...(url ? { url } : { id: `${name}/${uri || title}` }),
  };
}

/** The file's name; a key may hold a bare `%`, which is no escape. */
function nameIn(uri: string): string {
  const name = uri.split('/').at(-1) || 'Document';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Only what a browser opens is a link; an S3 URI is not. */
function firstLink(...candidates: unknown[]): string | undefined {
  return candidates.map(textOf).find((candidate) => candidate !== undefined && /^https?:\/\//.test(candidate));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
