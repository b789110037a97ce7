import { html } from 'htm/preact';
import type { RoadEvent } from '../../road-event.ts';
import { type RoadStep, toRoadSteps } from '../state/to-road-steps.ts';

/** The steps of a road below each other, with what each took as a bar on a common scale. */
export function RoadTimeline({ events, messageTs }: { readonly events: readonly RoadEvent[]; readonly messageTs: string }) {
  const steps = toRoadSteps(events, messageTs);
  const whole = Math.max(1, ...steps.map(({ at }) => at));
  return html`<ol class="steps">
      ${steps.map((step) => html`<${Step} key=${step.id} step=${step} whole=${whole} />`)}
    </ol>
    <details class="raw">
      <summary>Log lines (${events.length})</summary>
      <pre tabindex="0">${events.map(({ component, line }) => `${component}  ${line}`).join('\n')}</pre>
    </details>`;
}

function Step({ step, whole }: { readonly step: RoadStep; readonly whole: number }) {
  const { station, title, detail, at, took, isProblem } = step;
  const place = (milliseconds: number) => `${(Math.min(1, Math.max(0, milliseconds / whole)) * 100).toFixed(2)}%`;
  const bar = { left: place(at - took), width: place(took) };
  return html`<li class=${`step ${station.toLowerCase()}${isProblem ? ' problem' : ''}`} data-testid="road-step">
    <p class="step-head"><span class="station">${station}</span><span class="at">${at.toLocaleString('en-GB')} ms</span></p>
    <p class="step-title">${title}</p>
    ${detail !== '' && html`<p class="step-detail">${detail}</p>`}
    ${took > 0 && html`<div class="bar" aria-hidden="true"><i style=${bar}></i></div>`}
  </li>`;
}
