import type { ContentBlock } from '../runtime/converse-request.ts';

/** The files a person sent along. */
export interface Attachments {
  readonly texts: readonly { readonly name: string; readonly text: string }[];
  /** Names of what this model cannot read. */
  readonly unreadable: readonly string[];
}

const textFormats = new Set(['txt', 'md', 'csv', 'html']);

export function attachmentsOf(content: readonly ContentBlock[]): Attachments {
  const documents = content.flatMap(({ document }) => document ?? []);
  const pictures = content.filter(({ image }) => image).map(({ image }) => `a picture (${image?.format})`);
  const unreadable = documents.filter((document) => !isText(document)).map(({ name, format }) => `${name} (${format})`);
  return {
    texts: documents.filter(isText).map((document) => ({ name: document.name, text: textOf(document) })),
    unreadable: [...unreadable, ...pictures],
  };
}

type Document = NonNullable<ContentBlock['document']>;

function isText({ format = 'txt' }: Document): boolean {
  return textFormats.has(format);
}

function textOf({ source }: Document): string {
  return source.text ?? Buffer.from(source.bytes ?? '', 'base64').toString('utf8');
}
