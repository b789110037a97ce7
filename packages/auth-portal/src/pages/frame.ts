import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Stands in each page, so that one answer is all a page needs; the bundle has the file beside it. */
export const pageStyle = readFileSync(new URL('page.css', import.meta.url), 'utf8');

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%23513b74'/%3E%3Cpath d='M9 10l7 13 7-13' fill='none' stroke='%23fff' stroke-width='3.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/** What all pages share. `html` escapes everything that is put into a page, but what another `html` made. */
export function frame(title: string, main: Html, head: Html | '' = ''): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Vera</title>
<link rel="icon" href="${icon}">
<style>${raw(pageStyle)}</style>
${head}
</head>
<body>
<header><img src="${icon}" alt="" width="32" height="32"> Vera</header>
<main>
<h1>${title}</h1>
${main}
</main>
</body>
</html>
`;
}
