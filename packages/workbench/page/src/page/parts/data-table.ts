import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { nameOfIn } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { renderRichText } from '../text/render-rich-text.ts';
import { type BlockRecord, isRecord } from './block-record.ts';
import { Rich } from './rich.ts';

/** A table of Slack's own (`data_table`), page by page; its first row names the columns. */
export function DataTable({ block }: { readonly block: BlockRecord }) {
  const [page, setPage] = useState(0);
  const [header = [], ...rows] = Array.isArray(block.rows) ? (block.rows as BlockRecord[][]) : [];
  const size = typeof block.page_size === 'number' ? block.page_size : 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const shown = rows.slice(page * size, (page + 1) * size);
  const turn = (by: number, words: string) =>
    html`<button type="button" class="block-button" disabled=${page + by < 0 || page + by >= pages} onClick=${() => setPage(page + by)}>
      ${words}
    </button>`;
  return html`<div class="data-table" data-testid="data-table">
    <div class="data-table-scroll" tabindex="0" role="region" aria-label=${String(block.caption ?? 'Table')}>
      <table>
        <caption>${block.caption}</caption>
        <thead><tr>${header.map((cell) => html`<th scope="col"><${Cell} cell=${cell} /></th>`)}</tr></thead>
        <tbody>${shown.map((row) => html`<tr>${row.map((cell) => html`<td class=${cell.type === 'raw_number' ? 'number' : ''}><${Cell} cell=${cell} /></td>`)}</tr>`)}</tbody>
      </table>
    </div>
    ${
      pages > 1 &&
      html`<p class="actions">${turn(-1, 'Previous rows')}${turn(1, 'Next rows')}<small>${page * size + 1}–${page * size + shown.length} of ${rows.length}</small></p>`
    }
  </div>`;
}

function Cell({ cell }: { readonly cell: BlockRecord }) {
  const nameOf = nameOfIn(usePage().model.workspace);
  if (!isRecord(cell)) return null;
  if (cell.type === 'rich_text') return html`<${Rich} content=${renderRichText(cell, nameOf)} look="markdown rich-text" />`;
  return html`${String(cell.text ?? cell.value ?? '')}`;
}
