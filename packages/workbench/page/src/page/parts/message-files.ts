import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { html } from 'htm/preact';
import { Icon } from './icon.ts';

const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function MessageFiles({ message }: { readonly message: SlackMessage }) {
  const files = message.files ?? [];
  if (files.length === 0) return null;
  return html`<ul class="files" aria-label="Files">
    ${files.map(({ id, name, mimetype, size, pretty_type }) => {
      const address = `/files/${encodeURIComponent(String(id))}`;
      const isPicture = shown.has(String(mimetype));
      return html`<li key=${id}>
        <a href=${address} target="_blank" rel="noopener" class=${isPicture ? 'picture' : 'file'}>
          ${
            isPicture
              ? html`<img src=${address} alt=${name} />`
              : html`<${Icon} name="file" /><span><strong>${name}</strong><small>${pretty_type ?? mimetype} · ${sizeOf(Number(size))}</small></span>`
          }
        </a>
      </li>`;
    })}
  </ul>`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
