import { crc32, deflateSync } from 'node:zlib';

/** Real files, as small as they can be: what reads pictures and documents in earnest takes them. */
export const jpegSample = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuC' +
    'guv/////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/' +
    'xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIgAf//Z',
  'base64',
);
export const webpSample = Buffer.from(
  'UklGRkYAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAAAAAAAAAAFZQOCAYAAAAMAEAnQEqAwACAAdAliWkAANwAP7vuQAA',
  'base64',
);
export const gifSample = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');

/** A black picture. */
export function pngSample(width = 3, height = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export interface PdfOptions {
  readonly pages?: number;
  readonly isProtected?: boolean;
  /** Pages lie compressed inside an object stream, as most programs write them. */
  readonly isCompressed?: boolean;
  /** What stands on the first pages; those without a text are empty. */
  readonly texts?: readonly string[];
}

/** Empty pages, unless they have a text. */
export function pdfSample({ texts = [], pages = texts.length || 1, isProtected = false, isCompressed = false }: PdfOptions = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => index + 3);
  const font = `${pages + 3} 0 R`;
  const content = (index: number) => (texts[index] ? `/Contents ${pages + 4 + index} 0 R/Resources<</Font<</F1 ${font}>>>>` : '');
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages}/Kids[${kids.map((kid) => `${kid} 0 R`).join(' ')}]>>`,
    ...kids.map((_, index) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${texts[index] ? '612 792' : '9 9'}]${content(index)}>>`),
    ...(texts.length > 0 ? ['<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'] : []),
    ...texts.map((text) => `<</Length ${text.length + 20}>>stream\nBT /F1 9 Tf (${text}) Tj ET\nendstream`),
  ];
  const key = 'ab'.repeat(32);
  const protection = isProtected
    ? `/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${key}>/U<${key}>>>/ID[<${'cd'.repeat(16)}><${'cd'.repeat(16)}>]`
    : '';
  return isCompressed ? compressed(bodies) : plain(bodies, protection);
}

function plain(bodies: readonly string[], protection: string): Buffer {
  const places: number[] = [];
  let text = '%PDF-1.7\n';
  for (const [index, body] of bodies.entries()) {
    places.push(text.length);
    text += `${index + 1} 0 obj${body}endobj\n`;
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer<</Size ${bodies.length + 1}/Root 1 0 R${protection}>>`;
  return Buffer.from(`${text}xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}${trailer}\nstartxref\n${text.length}\n%%EOF\n`);
}

function compressed(bodies: readonly string[]): Buffer {
  let offset = 0;
  const index = bodies.map((body, at) => {
    const entry = `${at + 1} ${offset}`;
    offset += body.length + 1;
    return entry;
  });
  const first = `${index.join(' ')} `;
  const container = bodies.length + 1;
  const inside = deflateSync(Buffer.from(first + bodies.map((body) => `${body} `).join('')));
  const head = Buffer.from(
    `%PDF-1.7\n${container} 0 obj<</Type/ObjStm/N ${bodies.length}/First ${first.length}/Filter/FlateDecode/Length ${inside.length}>>stream\n`,
  );
  const objects = Buffer.concat([head, inside, Buffer.from('\nendstream endobj\n')]);
  const row = (type: number, place: number, at: number) => [type, place >> 16, (place >> 8) & 255, place & 255, at >> 8, at & 255];
  const rows = [row(0, 0, 0), ...bodies.map((_, at) => row(2, container, at)), row(1, 9, 0), row(1, objects.length, 0)];
  const table = deflateSync(Buffer.from(rows.flat()));
  const size = rows.length;
  const reference = `${size - 1} 0 obj<</Type/XRef/W[1 3 2]/Size ${size}/Root 1 0 R/Filter/FlateDecode/Length ${table.length}>>stream\n`;
  return Buffer.concat([objects, Buffer.from(reference), table, Buffer.from(`\nendstream endobj\nstartxref\n${objects.length}\n%%EOF\n`)]);
}
