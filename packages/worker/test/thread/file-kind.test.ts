import { expect, test } from 'vitest';
import { fileKindOf } from '../../src/thread/fetch-file.ts';

test.each([
  ['image/png', 'a.png', { kind: 'image', format: 'png' }],
  ['image/jpeg', 'photo.JPG', { kind: 'image', format: 'jpeg' }],
  ['application/pdf', 'report.PDF', { kind: 'document', format: 'pdf' }],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'rota.xlsx', { kind: 'document', format: 'xlsx' }],
  ['text/plain', 'notes', { kind: 'text' }],
  ['text/csv', 'rota.csv', { kind: 'text' }],
  ['application/json', 'a.json', { kind: 'text' }],
  ['application/octet-stream', 'deploy.yaml', { kind: 'text' }],
])('%s %s', (mimetype, name, expected) => {
  expect(fileKindOf(mimetype, name)).toMatchObject(expected);
});

test.each([
  ['image/svg+xml', 'a.svg'],
  ['application/zip', 'a.zip'],
  ['video/mp4', 'a.mp4'],
  ['', ''],
])('no model reads %s %s', (mimetype, name) => {
  expect(fileKindOf(mimetype, name)).toBeUndefined();
});

test('each kind is bounded as Bedrock bounds it', () => {
  expect(fileKindOf('image/png', 'a.png')?.largest).toBeLessThanOrEqual(3.75 * 1024 * 1024);
  expect(fileKindOf('application/pdf', 'a.pdf')?.largest).toBeLessThanOrEqual(4.5 * 1024 * 1024);
});
