import type { PageEvent } from '../page-server/event-stream.ts';

export interface Connection {
  readonly tell: (event: PageEvent) => void;
  readonly lose: () => void;
}

const retryAfter = 1_000;

/** Listens to the server until ended, over every loss of the connection. Each new connection begins with the whole state. */
export function connect({ tell, lose }: Connection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  const open = () => {
    source = new EventSource('/api/events');
    source.onmessage = ({ data }) => tell(JSON.parse(String(data)) as PageEvent);
    source.onerror = () => {
      lose();
      // The browser reconnects by itself, unless the server answered with an error.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, retryAfter);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
