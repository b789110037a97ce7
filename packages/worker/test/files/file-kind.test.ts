import { gifSample, jpegSample, pdfSample, pngSample, webpSample } from '@vera/stand-in-kit/sample-files';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileKindOf, lookInside } from '../../src/files/file-kind.ts';

// Cases from outside: B12-files-a-model-refuses, B15-file-kinds.
test.each([
  ['image/png', 'a.png', { kind: 'image' }],
  ['image/jpeg', 'photo.JPG', { kind: 'image' }],
  ['application/pdf', 'report.PDF', { kind: 'document' }],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'rota.xlsx', { kind: 'document' }],
  ['text/plain', 'notes', { kind: 'text' }],
  ['text/csv', 'rota.csv', { kind: 'csv' }],
  ['application/vnd.ms-excel', 'rota.csv', { kind: 'csv' }],
  ['text/plain', 'page.html', { kind: 'html' }],
  ['application/json', 'a.json', { kind: 'text' }],
  ['application/octet-stream', 'deploy.yaml', { kind: 'text' }],
])('%s %s', (mimetype, name, expected) => {
  expect(fileKindOf(mimetype, name)).toMatchObject(expected);
});

test.each([
  ['image/svg+xml', 'a.svg'],
  ['application/zip', 'a.zip'],
  ['video/mp4', 'a.mp4'],
  ['application/octet-stream', ''],
  ['', ''],
])('no model reads %s %s', (mimetype, name) => {
  expect(fileKindOf(mimetype, name)).toBeUndefined();
});

const text = (content: string) => Buffer.from(content);
const utf16 = (name: string) => Buffer.from(name, 'utf16le');
const compound = (name: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), utf16(name)]);
const zip = (name: string) => text(`PK\u0003\u0004${name}PK\u0001\u0002${name}PK\u0005\u0006${'\0'.repeat(18)}`);
const look = (mimetype: string, name: string, bytes: Uint8Array) => {
  const kind = fileKindOf(mimetype, name);
  const looked = kind && lookInside(kind, bytes);
  if (typeof looked !== 'object' || looked.kind === 'text') return looked;
  return looked.kind === 'read' ? looked.as : looked.format;
};

test.each([
  ['B15 image/jpg is a JPEG', 'image/jpg', 'a.jpg', jpegSample, 'jpeg'],
  ['B15 a PDF without an ending is a PDF by its bytes', 'application/pdf', 'report', pdfSample(), 'pdf'],
  ['B15 PNG bytes named .jpg are a PNG', 'image/jpeg', 'a.jpg', pngSample(), 'png'],
  ['a PDF of which nothing is said', 'application/octet-stream', 'report', pdfSample(), 'pdf'],
  ['a picture of which its name says all', '', 'a.gif', gifSample, 'gif'],
  ['image/webp; charset=x', 'IMAGE/WEBP; charset=x', 'a', webpSample, 'webp'],
  ['a PDF called a picture', 'image/png', 'a.png', pdfSample({ isCompressed: true }), 'pdf'],
  ['a JPEG called a text', 'text/plain', 'a.txt', jpegSample, 'jpeg'],
  [
    'a document by its type only',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'a',
    zip('word/document.xml'),
    'docx',
  ],
  ['a sheet called a document', 'application/msword', 'a.doc', zip('xl/workbook.xml'), 'xlsx'],
  ['an old document', 'application/msword', 'a.doc', compound('WordDocument'), 'doc'],
  ['an old sheet', 'application/vnd.ms-excel', 'a.xls', compound('Workbook'), 'xls'],
  ['8000 pixels', 'image/png', 'a.png', pngSample(8_000, 2), 'png'],
  ['B12 9000 x 2 pixels, to be made smaller', 'image/png', 'wide.png', pngSample(9_000, 2), 'picture'],
  ['a PDF with a password, which may be for printing only', 'application/pdf', 'a.pdf', pdfSample({ isProtected: true }), 'pdf'],
  ['a PNG of 8 MB', 'image/png', 'a.png', Buffer.concat([pngSample(), Buffer.alloc(8_000_000)]), 'picture'],
])('%s', (...[, mimetype, name, bytes, format]) => {
  expect(look(mimetype, name, bytes)).toBe(format);
});

const damaged = 'it is damaged, or not complete';
test.each([
  ['B12 a PNG that ends in its header', 'image/png', 'screen.png', Buffer.from('89504e470d0a1a0a0000000d4948445200000009', 'hex'), damaged],
  ['B12 RIFF with WAVE', 'image/webp', 'a.webp', text('RIFF\u0004\0\0\0WAVE'), 'its content is not what its name says'],
  [
    '30,000 pixels',
    'image/png',
    'tall.png',
    pngSample(30_000, 30_000),
    'it has 30000 × 30000 pixels, which are too many to make it smaller here',
  ],
  ['no pixels', 'image/png', 'a.png', pngSample(0, 0), 'it has no pixels'],
  ['a PDF that was cut', 'application/pdf', 'a.pdf', pdfSample({ pages: 300 }).subarray(0, 9_000), damaged],
  ['a document with a password', 'application/x', 'a.docx', compound('EncryptedPackage'), 'it is protected with a password'],
  ['a document that was cut', 'application/x', 'a.docx', zip('word/document.xml').subarray(0, 30), damaged],
  ['another archive called a document', 'application/x', 'a.docx', zip('classes/'), 'its content is not what its name says'],
  ['bytes called a text', 'text/plain', 'a.txt', Buffer.from([1, 0, 2]), 'its content is not text'],
  ['bytes of which nothing is said', 'application/octet-stream', 'core', Buffer.from([1, 0, 2]), 'files of this type cannot be read'],
])('%s: refused with the reason', (...[, mimetype, name, bytes, reason]) => {
  expect(look(mimetype, name, bytes)).toBe(reason);
});

test.each([
  ['a text about PDFs', text('%PDF-1.7 is how they begin')],
  ['UTF-16 with its mark', Buffer.concat([Buffer.from('fffe', 'hex'), utf16('%PDF-1.7 is how they begin')])],
])('%s is a text', (_, bytes) => {
  expect(look('text/plain', 'a.txt', bytes)).toMatchObject({ kind: 'text', text: '%PDF-1.7 is how they begin' });
});

test.each([
  ['png', pngSample(40, 40)],
  ['jpeg', jpegSample],
  ['gif', gifSample],
  ['webp', webpSample],
  ['pdf', pdfSample()],
] as [string, Buffer][])('no beginning of a %s passes for the whole, and nothing behind it costs it', (format, bytes) => {
  // The last bytes of a PDF are blanks and the mark of its end, which is looked for by itself.
  const last = format === 'pdf' ? bytes.lastIndexOf('%%EOF') : bytes.length - 1;
  for (let length = 12; length <= last; length += 1) expect(look('image/png', 'a.png', bytes.subarray(0, length))).not.toBe(format);
  expect(look('image/png', 'a.png', Buffer.concat([bytes, Buffer.alloc(9)]))).toBe(format);
});

test('whatever the bytes are, looking at them ends with an answer', () => {
  const heads = [pngSample(), jpegSample, gifSample, webpSample, pdfSample(), zip('word/document'), compound('Workbook')];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.nat(200), fc.uint8Array({ maxLength: 300 }), (head, length, tail) => {
      expect(look('image/png', 'a.png', Buffer.concat([head.subarray(0, length), tail]))).toBeDefined();
    }),
  );
});

test.each([
  ['protections', '/Encrypt 1 1 '],
  ['blanks', `/Type${' '.repeat(50)}`],
])('a PDF of nothing but %s is looked at in time', (_, part) => {
  const began = performance.now();
  expect(look('application/pdf', 'a.pdf', text(`%PDF-1.7 ${part.repeat(4_000_000 / part.length)}stream endstream %%EOF`))).toBeDefined();
  expect(performance.now() - began).toBeLessThan(5_000);
});
