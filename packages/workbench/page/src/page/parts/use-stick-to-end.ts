import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface Stuck {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
}

/** Keeps a growing list at its end as long as one reads the end. Scrolling up lets go of it. */
export function useStickToEnd(isWanted = true): Stuck {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const stick = () => {
    if (isWanted && isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  };
  useLayoutEffect(stick);
  useEffect(() => {
    // A telephone's keyboard, a longer draft: the room gets smaller, the end is to stay in sight.
    const room = new ResizeObserver(stick);
    if (list.current) room.observe(list.current);
    return () => room.disconnect();
  }, [isWanted]);
  const onScroll = () => {
    if (!list.current) return;
    const { scrollHeight, scrollTop, clientHeight } = list.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return { list, onScroll };
}
