import { html } from 'hono/html';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoicePage {
  readonly title: string;
  readonly text: string;
  /** Where the choice is posted; the query of the page goes along. */
  readonly action: string;
  readonly choices: readonly Choice[];
  readonly colour: string;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;background:#f4f4f6;margin:0}main{max-width:26rem;margin:10vh auto;background:#fff;
padding:2rem;border-radius:12px;border-top:6px solid var(--c)}h1{font-size:1.3rem;margin:0 0 .5rem}button{display:block;width:100%;margin:.5rem 0;
padding:.7rem 1rem;font:inherit;text-align:left;border:1px solid #ccc;border-radius:8px;background:#fff;cursor:pointer}
button:hover{border-color:var(--c)}small{color:#666}`;

/** A page of another company's, on which a person chooses who they are and whether they agree; a browser's session decides that in life. */
export async function choicePage({ title, text, action, choices, colour }: ChoicePage): Promise<Response> {
  const buttons = choices.map(({ value, label }) => html`<button name="choice" value="${value}">${label}</button>`);
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width"><style>:root{--c:${colour}}${style}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><form method="post" action="${action}">${buttons}</form><small>Emulated, on this machine only.</small></main></body></html>`;
  return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
