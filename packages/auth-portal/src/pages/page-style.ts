import { readFileSync } from 'node:fs';

/** Stands in each page, so that one answer is all a page needs; the bundle has the file beside it. */
export const pageStyle = readFileSync(new URL('page.css', import.meta.url), 'utf8');
