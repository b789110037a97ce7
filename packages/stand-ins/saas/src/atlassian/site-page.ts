import { html, raw } from 'hono/html';

export interface SitePage {
  readonly title: string;
  /** Above the heading. */
  readonly place: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** HTML as the product stores or renders it. */
  readonly content: string;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f7f8f9}main{max-width:46rem;margin:6vh auto;background:#fff;
padding:2rem;border-radius:8px;border-top:4px solid #1868db}h1{font-size:1.4rem;margin:.2rem 0 1rem}dl{display:grid;grid-template-columns:8rem 1fr;
gap:.2rem 1rem}dt{color:#626f86}dd{margin:0}small{color:#626f86}table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.2rem .6rem}`;

/** What a person sees who opens a link; whoever sits at this machine is signed in. Nothing in the content runs or loads. */
export async function sitePage({ title, place, facts, content }: SitePage): Promise<Response> {
  const rows = facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><style>${raw(style)}</style></head><body><main><small>${place}</small><h1>${title}</h1>
<dl>${rows}</dl>${raw(content)}<p><small>Emulated on this machine.</small></p></main></body></html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  };
  return new Response(String(page), { headers });
}
