import { html } from 'htm/preact';
import { usePage } from '../state/page-context.ts';

/** What is wrong right now, above everything else. */
export function Banner() {
  const { model, dispatch } = usePage();
  if (model.isConnectionLost) {
    return html`<p class="banner" role="alert">The local system does not answer. Trying to reach it again …</p>`;
  }
  if (model.problem === undefined) return null;
  return html`<p class="banner" role="alert">
    ${model.problem}
    <button type="button" onClick=${() => dispatch({ kind: 'dismissed-problem' })}>Dismiss</button>
  </p>`;
}
