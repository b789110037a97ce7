import { html } from 'htm/preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { TraceSpan } from '../../trace.ts';
import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import { type Branch, type Cut, toWaterfall } from '../state/to-waterfall.ts';
import { lengthOf } from '../text/times.ts';

/** Spans come some time after they are over. */
const askAgainAfter = 1_000;

/** The trace of a question as a waterfall. */
export function TraceView({ question }: { readonly question: string }) {
  const { refuse } = usePage();
  const [spans, know] = useState<readonly TraceSpan[]>();
  useEffect(() => {
    const ask = () => api.trace(question).then((trace) => know(trace.spans), refuse);
    void ask();
    const timer = setInterval(ask, askAgainAfter);
    return () => clearInterval(timer);
  }, [question]);
  const text = JSON.stringify(spans);
  const { branches, cuts, milliseconds } = useMemo(() => toWaterfall(spans ?? []), [text]);
  if (spans?.length === 0) return html`<p class="no-road">Nothing is known yet. What was done is told a second after it is over.</p>`;
  return html`<div class="waterfall" data-testid="waterfall">
    <div class="scale" aria-hidden="true">
      <p class="scale-line">0${cuts.map((cut) => html`<${CutMark} cut=${cut} />`)}</p>
      <p class="span-took">${lengthOf(milliseconds)}</p>
    </div>
    <ol>${branches.map((branch) => html`<${BranchView} key=${branch.id} branch=${branch} depth=${0} />`)}</ol>
  </div>`;
}

function CutMark({ cut: { left, milliseconds } }: { readonly cut: Cut }) {
  return html`<span class="cut" style=${{ left: percent(left) }} title="Nothing happened">⋯ ${lengthOf(milliseconds)}</span>`;
}

function BranchView({ branch, depth }: { readonly branch: Branch; readonly depth: number }) {
  const { id, label, tone, left, width, after, took, isError, told, before, next, below } = branch;
  return html`<li>
    <details class=${`span ${tone}${isError ? ' problem' : ''}`} style=${{ '--depth': depth }} data-testid="span" id=${`span-${id}`}>
      <summary>
        <span class="span-name" title=${label}>${isError && html`<b role="img" aria-label="failed">✕ </b>`}${label}</span>
        <span class="span-line" aria-hidden="true"><i style=${{ left: `min(${percent(left)}, 100% - 2px)`, width: percent(width) }}></i></span>
        <span class="span-took">${lengthOf(took)}</span>
      </summary>
      <dl>
        <dt>began after</dt>
        <dd>${lengthOf(after)}</dd>
        ${told.map(
          ([name, value]) => html`<dt>${name}</dt>
            <dd>${value}</dd>`,
        )}
      </dl>
    </details>
    ${
      (before.length > 0 || next.length > 0) &&
      html`<p class="span-links" style=${{ '--depth': depth }}>
        ${before.map((other) => html`<${SpanLink} to=${other} words="↑ the attempt before" />`)}
        ${next.map((other) => html`<${SpanLink} to=${other} words="↓ the next attempt" />`)}
      </p>`
    }
    ${below.length > 0 && html`<ol>${below.map((one) => html`<${BranchView} key=${one.id} branch=${one} depth=${depth + 1} />`)}</ol>`}
  </li>`;
}

/** The address names channel and thread alone, so that this is no link of the browser's. */
function SpanLink({ to, words }: { readonly to: string; readonly words: string }) {
  const go = () => document.querySelector<HTMLElement>(`#span-${to} > summary`)?.focus();
  return html`<button type="button" class="quiet" onClick=${go}>${words}</button>`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}
