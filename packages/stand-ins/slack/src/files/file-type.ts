const types: Readonly<Record<string, readonly [mimetype: string, prettyType: string]>> = {
  png: ['image/png', 'PNG'],
  jpg: ['image/jpeg', 'JPEG'],
  gif: ['image/gif', 'GIF'],
  webp: ['image/webp', 'WebP'],
  pdf: ['application/pdf', 'PDF'],
  csv: ['text/csv', 'CSV'],
  json: ['application/json', 'JSON'],
  md: ['text/markdown', 'Markdown (raw)'],
  html: ['text/html', 'HTML'],
  log: ['text/plain', 'Plain Text'],
  txt: ['text/plain', 'Plain Text'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word Document'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet'],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint Presentation'],
  zip: ['application/zip', 'Zip'],
};

/** Slack's own names for a file's type, by its name's ending or else by its media type. */
export function fileTypeOf(name: string, mimetype: string): { readonly filetype: string; readonly prettyType: string } {
  const ending = endingOf(name);
  const filetype = ending in types ? ending : (Object.keys(types).find((type) => types[type]?.[0] === mimetype) ?? 'binary');
  return { filetype: filetype === 'txt' || filetype === 'log' ? 'text' : filetype, prettyType: types[filetype]?.[1] ?? 'Binary' };
}

/** What Slack takes a file for when nobody said. */
export function mimetypeOf(name: string): string {
  return types[endingOf(name)]?.[0] ?? 'application/octet-stream';
}

function endingOf(name: string): string {
  const ending = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : '';
  return ending === 'jpeg' ? 'jpg' : ending;
}
