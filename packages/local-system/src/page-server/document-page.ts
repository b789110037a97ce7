import { html, raw } from 'hono/html';
import { markdownToHtml } from '../page/text/markdown-to-html.ts';
import type { PageDocument } from './read-document.ts';

/** A page of its own for a document; it needs no script. */
export function documentPage(path: string, { title, owner, updated, tags, markdown }: PageDocument) {
  const facts = [
    ['Owner', owner],
    ['Updated', updated],
    ['Path', path],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  const body = html`<main class="document">
    <header>
      <p class="document-place">Knowledge base</p>
      <h1>${title}</h1>
      <dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${tags.length === 0 ? '' : html`<ul class="document-tags" aria-label="Tags">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>`}
    </header>
    <article class="markdown" data-testid="document">${raw(markdownToHtml(markdown, { links: 'with-paths' }).replaceAll(' target="_blank"', ''))}</article>
  </main>`;
  return whole(title, body);
}

export function missingDocumentPage(path: string) {
  const body = html`<main class="document">
    <header><p class="document-place">Knowledge base</p><h1>There is no such document</h1></header>
    <article class="markdown"><p>Nothing is kept at <code>${path}</code>. It may have been renamed since the answer was written.</p></article>
  </main>`;
  return whole('No such document', body);
}

function whole(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Northwind knowledge base</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/main.css" />
  </head>
  <body class="document-body">${body}</body>
</html>`;
}
