import type { Restored } from './state/action.ts';
import type { Model } from './state/model.ts';

/** The address keeps the place, the browser the person; both are read when the page is loaded again. */
export function remember({ me, channel, thread, isRoadOpen }: Model): void {
  localStorage.setItem('vera.person', me);
  localStorage.setItem('vera.road', isRoadOpen ? 'open' : 'closed');
  const place = `#/${[channel, thread].filter((part) => part !== undefined).join('/')}`;
  if (location.hash !== place) history.replaceState(null, '', place);
}

export function restored(): Restored {
  const me = localStorage.getItem('vera.person');
  const [, channel, thread] = location.hash.split('/');
  const road = localStorage.getItem('vera.road');
  const isRoadOpen = road === null ? matchMedia('(min-width: 1200px)').matches : road === 'open';
  return { isRoadOpen, ...(me ? { me } : {}), ...(channel ? { channel } : {}), ...(thread ? { thread } : {}) };
}
