import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface Stuck {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
}

/** Keeps a growing list at its end as long as one reads the end. Scrolling up lets go of it. */
export function useStickToEnd(isWanted = true): Stuck {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (isWanted && isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  });
  const onScroll = () => {
    if (!list.current) return;
    const { scrollHeight, scrollTop, clientHeight } = list.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return { list, onScroll };
}
