import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Action, Model } from './model.ts';
import { narrow } from './narrow.ts';

/** The address names the channel and the thread, so that the browser's Back and Forward lead through them. */
export function useAddress(model: Model | undefined, dispatch: (action: Action) => void): void {
  const address = model && `#/${[model.channel, model.thread].filter((part) => part !== undefined).join('/')}`;
  const isFirst = useRef(true);
  // Before the next click, which would otherwise make one step of two.
  useLayoutEffect(() => {
    if (address === undefined) return;
    if (isFirst.current) history.replaceState(null, '', address);
    else if (location.hash !== address) history.pushState(null, '', address);
    isFirst.current = false;
  }, [address]);
  useEffect(() => {
    const go = () => dispatch({ kind: 'went-to', isNarrow: narrow.matches, ...placeInAddress() });
    addEventListener('popstate', go);
    return () => removeEventListener('popstate', go);
  }, []);
}

export function placeInAddress(): { readonly channel?: string; readonly thread?: string } {
  const [, channel, thread] = location.hash.split('/');
  return { ...(channel ? { channel } : {}), ...(thread ? { thread } : {}) };
}
