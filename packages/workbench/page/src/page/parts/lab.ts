import { html } from 'htm/preact';
import type { LabFault, LabStory } from '../../lab.ts';
import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';

/** Where one breaks something, above the road that shows how Vera comes through. */
export function Lab() {
  const { lab } = usePage().model;
  if (!lab) return null;
  const parts = Map.groupBy(lab.faults, ({ part }) => part);
  return html`<details class="lab-panel" data-testid="lab">
    <summary>Lab <small>Break something, and watch</small></summary>
    <div class="lab-body" tabindex="0" role="region" aria-label="What can be broken">
      ${
        lab.stories.length > 0 &&
        html`<h3 id="lab-stories">Stories, by one click</h3>
          <ul aria-labelledby="lab-stories">
            ${lab.stories.map((story) => html`<${Story} key=${story.id} story=${story} />`)}
          </ul>`
      }
      ${[...parts].map(
        ([part, faults]) => html`<h3 id=${`lab-${part}`}>${part}</h3>
          <ul aria-labelledby=${`lab-${part}`}>
            ${faults.map((fault) => html`<${Fault} key=${fault.id} fault=${fault} />`)}
          </ul>`,
      )}
    </div>
  </details>`;
}

function Story({ story: { id, title, seen } }: { readonly story: LabStory }) {
  const { model, dispatch, refuse } = usePage();
  const play = async () => {
    try {
      const { channel, ts } = await api.playStory({ story: id, user: model.me });
      dispatch({ kind: 'opened-channel', channel });
      dispatch({ kind: 'opened-thread', thread: ts });
    } catch (error) {
      refuse(error);
    }
  };
  return html`<li>
    <button type="button" data-testid=${`story-${id}`} aria-describedby=${`seen-${id}`} onClick=${play}>${title}</button>
    <p id=${`seen-${id}`}>${seen}</p>
  </li>`;
}

function Fault({ fault: { id, label, seen, state, words } }: { readonly fault: LabFault }) {
  const { refuse } = usePage();
  const toggle = () => api.toggleFault({ fault: id }).catch(refuse);
  return html`<li>
    <button
      type="button"
      class=${state}
      data-testid=${`fault-${id}`}
      aria-pressed=${state === 'armed' || state === 'on'}
      aria-describedby=${`seen-${id}`}
      onClick=${toggle}
    >
      ${label}
    </button>
    <p id=${`seen-${id}`}>${seen}</p>
    <p class="lab-state" role="status">${words}</p>
  </li>`;
}
