import { html } from 'htm/preact';
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { connect } from './api.ts';
import { ChannelPane } from './parts/channel-pane.ts';
import { RoadPanel } from './parts/road-panel.ts';
import { Sidebar } from './parts/sidebar.ts';
import { ThreadPane } from './parts/thread-pane.ts';
import type { Model, Restored } from './state/model.ts';
import { PageContext, pageOf, usePage } from './state/page-context.ts';
import { reduce } from './state/reduce.ts';

/** The whole page. */
export function App() {
  const [model, dispatch] = useReducer(reduce, undefined);
  useEffect(
    () =>
      connect({
        tell: (event) => dispatch({ kind: 'told', event, restored: restored() }),
        lose: () => dispatch({ kind: 'connection-lost' }),
      }),
    [],
  );
  useEffect(() => model && remember(model), [model?.me, model?.channel, model?.thread, model?.isRoadOpen]);
  const page = useMemo(() => model && pageOf(model, dispatch), [model]);
  if (!model || !page) return html`<p class="waiting" role="status">Connecting …</p>`;
  const columns = `page${model.thread === undefined ? '' : ' with-thread'}${model.isRoadOpen ? ' with-road' : ''}`;
  return html`<${PageContext.Provider} value=${page}>
    <${Banner} />
    <div class=${columns}>
      <${Sidebar} />
      <${ChannelPane} key=${model.channel} />
      ${model.thread !== undefined && html`<${ThreadPane} key=${model.thread} threadTs=${model.thread} />`}
      ${model.isRoadOpen && html`<${RoadPanel} />`}
    </div>
  </${PageContext.Provider}>`;
}

/** What is wrong right now, above everything else. */
function Banner() {
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

/** The address keeps the place, the browser the person; both are read when the page is loaded again. */
function remember({ me, channel, thread, isRoadOpen }: Model): void {
  localStorage.setItem('vera.person', me);
  localStorage.setItem('vera.road', isRoadOpen ? 'open' : 'closed');
  const place = `#/${[channel, thread].filter((part) => part !== undefined).join('/')}`;
  if (location.hash !== place) history.replaceState(null, '', place);
}

function restored(): Restored {
  const me = localStorage.getItem('vera.person');
  const [, channel, thread] = location.hash.split('/');
  const road = localStorage.getItem('vera.road');
  const isRoadOpen = road === null ? matchMedia('(min-width: 1200px)').matches : road === 'open';
  return { isRoadOpen, ...(me ? { me } : {}), ...(channel ? { channel } : {}), ...(thread ? { thread } : {}) };
}
