import { useEffect } from 'preact/hooks';
import type { Page } from './page-context.ts';

/** As in `narrow.css`: one thing fits beside another no more. */
export const narrow = matchMedia('(max-width: 800px)');

/** On a narrow screen the road hides the channel, so it is there only when it was asked for. */
export function useNarrow(dispatch: Page['dispatch']): void {
  useEffect(() => {
    const change = () => narrow.matches && dispatch({ kind: 'closed-road' });
    narrow.addEventListener('change', change);
    return () => narrow.removeEventListener('change', change);
  }, []);
}
