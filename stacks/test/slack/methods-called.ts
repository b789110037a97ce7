import type { Source } from './production-sources.ts';

/** The Web API methods named where a call is made: `call('chat.update', …)`, or `method: 'chat.update'` for such a call; not those of HTTP. */
export function methodsCalled(sources: readonly Source[]): string[] {
  const named = sources.flatMap(({ text }) =>
    [...text.matchAll(/(?:\bcall\(|\bmethod:)\s*'([a-z]\w*\.[\w.]+)'/g)].map(([, method = '']) => method),
  );
  return [...new Set(named)].sort();
}
