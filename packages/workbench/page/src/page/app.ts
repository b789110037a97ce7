import { html } from 'htm/preact';
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { connect } from './connect.ts';
import { Banner } from './parts/banner.ts';
import { ChannelPane } from './parts/channel-pane.ts';
import { RoadPanel } from './parts/road-panel.ts';
import { Sidebar } from './parts/sidebar.ts';
import { ThreadPane } from './parts/thread-pane.ts';
import { remember, restored } from './remember.ts';
import { PageContext } from './state/page-context.ts';
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
  const page = useMemo(() => model && { model, dispatch }, [model]);
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
