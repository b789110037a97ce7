import { html } from 'htm/preact';
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { connect } from './api.ts';
import { ChannelPane } from './parts/channel-pane.ts';
import { RoadPanel } from './parts/road-panel.ts';
import { Sidebar } from './parts/sidebar.ts';
import { ThreadPane } from './parts/thread-pane.ts';
import type { Model, Restored } from './state/model.ts';
import { narrow, useNarrow } from './state/narrow.ts';
import { type Page, PageContext, pageOf, usePage } from './state/page-context.ts';
import { reduce } from './state/reduce.ts';
import { placeInAddress, useAddress } from './state/use-address.ts';

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
  useEffect(() => model && remember(model), [model?.me, model?.isRoadOpen]);
  useAddress(model, dispatch);
  useEscape(dispatch);
  useNarrow(dispatch);
  const page = useMemo(() => model && pageOf(model, dispatch), [model]);
  if (!model || !page) return html`<p class="waiting" role="status">Connecting …</p>`;
  const columns = `page${model.isSidebarOpen ? ' with-sidebar' : ''}${model.thread === undefined ? '' : ' with-thread'}${model.isRoadOpen ? ' with-road' : ''}`;
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

/** Escape closes what is open, unless something nearer took it. */
function useEscape(dispatch: Page['dispatch']): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      dispatch({ kind: 'escaped', isNarrow: narrow.matches });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Each tab has its person, so that two tabs can talk with each other; a new tab begins with whoever spoke last. */
function remember({ me, isRoadOpen }: Model): void {
  sessionStorage.setItem('vera.person', me);
  localStorage.setItem('vera.person', me);
  localStorage.setItem('vera.road', isRoadOpen ? 'open' : 'closed');
}

function restored(): Restored {
  const me = sessionStorage.getItem('vera.person') ?? localStorage.getItem('vera.person');
  const road = localStorage.getItem('vera.road');
  const isRoadOpen = !narrow.matches && (road === null ? matchMedia('(min-width: 1200px)').matches : road === 'open');
  return { isRoadOpen, ...(me ? { me } : {}), ...placeInAddress() };
}
