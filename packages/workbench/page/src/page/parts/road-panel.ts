import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { RoadEvent } from '../../road.ts';
import { roadEnds } from '../../road-ends.ts';
import { api } from '../api.ts';
import { nameOfIn, shownQuestion } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { type Exchange, type RoadStep, toRoadSteps } from '../state/to-road-steps.ts';
import type { NameOf } from '../text/safe-html.ts';
import { toTyped } from '../text/typed-text.ts';
import { Icon } from './icon.ts';
import { Lab } from './lab.ts';
import { TraceView } from './trace-view.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

/** How one question went through the system, while it goes. */
export function RoadPanel() {
  const { model, dispatch, refuse } = usePage();
  const [view, look] = useState<View>('steps');
  const place = shownQuestion(model);
  const question = place?.question;
  const events = model.roads[question ?? ''] ?? [];
  const { list, onScroll } = useStickToEnd(!events.some(({ event }) => roadEnds.has(event)));
  useEffect(() => {
    if (question === undefined) return;
    api.road(question).then(({ events }) => dispatch({ kind: 'loaded-road', question, events }), refuse);
  }, [question]);
  const message = place && model.messages[place.channel]?.find(({ ts }) => ts === place.message);
  return html`<aside class="pane road" data-testid="road-panel" aria-label="Road of this message">
    <header class="pane-head">
      <h2>Road of this message</h2>
      <button type="button" class="quiet" aria-label="Close the road" onClick=${() => dispatch({ kind: 'closed-road' })}>
        <${Icon} name="close" />
      </button>
    </header>
    <${Lab} />
    <div class="road-body" ref=${list} onScroll=${onScroll} tabindex="0" role="region" aria-label="Steps of the road">
      ${
        place
          ? html`<p class="road-question">${wordsOf(message, nameOfIn(model.workspace))}</p>
              <${ViewTabs} view=${view} look=${look} />
              ${
                view === 'steps'
                  ? html`<${RoadTimeline} key=${question} events=${events} messageTs=${place.message} />`
                  : html`<${TraceView} key=${question} question=${place.question} />`
              }`
          : html`<${NoRoad} />`
      }
    </div>
  </aside>`;
}

/** In the words of the log, or as the trace that monitoring gets. */
type View = 'steps' | 'trace';

function ViewTabs({ view, look }: { readonly view: View; readonly look: (view: View) => void }) {
  const tab = (one: View, words: string) =>
    html`<button type="button" class="quiet" aria-pressed=${view === one} onClick=${() => look(one)}>${words}</button>`;
  return html`<p class="road-tabs">${tab('steps', 'Steps')}${tab('trace', 'Trace')}</p>`;
}

/** What the question was; some come without a word. */
function wordsOf(message: SlackMessage | undefined, nameOf: NameOf): string {
  if (!message) return 'A message that was deleted';
  return toTyped(message.text, nameOf) || (message.attachments?.length ? 'A forwarded message' : 'A file');
}

function NoRoad() {
  return html`<div class="no-road">
    <p>Ask Vera something, and the way of your question shows here while it happens:</p>
    <ol>
      <li><strong>Receiver</strong> checks Slack’s signature and answers within three seconds</li>
      <li><strong>Ledger</strong> keeps the question, so that it is answered exactly once</li>
      <li><strong>Invoker</strong> brings it to the session of its thread</li>
      <li><strong>Model</strong> and <strong>tools</strong> find the answer</li>
      <li><strong>Reply</strong> streams into the thread</li>
    </ol>
    <p>The roads of earlier runs are not kept.</p>
  </div>`;
}

/** The steps of a road below each other, with what each took as a bar on a common scale. */
function RoadTimeline({ events, messageTs }: { readonly events: readonly RoadEvent[]; readonly messageTs: string }) {
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
  const { station, title, detail, at, took, isProblem, isRetry, exchange } = step;
  const place = (milliseconds: number) => `${(Math.min(1, Math.max(0, milliseconds / whole)) * 100).toFixed(2)}%`;
  const bar = { left: place(at - took), width: place(took) };
  return html`<li class=${`step ${station.toLowerCase()}${isProblem ? ' problem' : ''}`} data-testid="road-step">
    <p class="step-head"><span class="station">${station}</span>${isRetry && html`<span class="again">again</span>`}<span class="at">${at.toLocaleString('en-GB')} ms</span></p>
    <p class="step-title">${title}</p>
    ${detail !== '' && html`<p class="step-detail">${detail}</p>`}
    ${took > 0 && html`<div class="bar" aria-hidden="true"><i style=${bar}></i></div>`}
    ${exchange && html`<${ExchangeView} exchange=${exchange} />`}
  </li>`;
}

function ExchangeView({ exchange: { input, output } }: { readonly exchange: Exchange }) {
  return html`<details class="raw" data-testid="exchange">
    <summary>Input and output</summary>
    <pre tabindex="0" role="region" aria-label="Input">${input}</pre>
    <pre tabindex="0" role="region" aria-label="Output">${output}</pre>
  </details>`;
}
