import { html } from 'htm/preact';
import { Icon } from './icon.ts';

export function ComposerFiles({ files, drop }: { readonly files: readonly File[]; readonly drop: (file: File) => void }) {
  if (files.length === 0) return null;
  return html`<ul class="composer-files" aria-label="Files to send">
    ${files.map(
      (file) => html`<li>
        <${Icon} name="file" /><span>${file.name}</span>
        <button type="button" aria-label=${`Remove ${file.name}`} onClick=${() => drop(file)}><${Icon} name="close" /></button>
      </li>`,
    )}
  </ul>`;
}
