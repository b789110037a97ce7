import { createHash } from 'node:crypto';
import type { CachePoint, ConverseRequest } from './converse-request.ts';
import { blockTokensOf } from './estimate-tokens.ts';
import type { ModelCard } from './model-card.ts';

export interface CacheUsage {
  readonly inputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
}

export interface PromptCache {
  /** How the input of a request divides into read, written and fresh tokens; remembers what it writes. */
  use(request: ConverseRequest, card: ModelCard): CacheUsage;
  reset(): void;
}

/** As Anthropic's models do, a cache point also finds prefixes ending up to this many blocks before it. */
const lookBack = 20;
const lifetimes = { '5m': 300_000, '1h': 3_600_000 };

/** Remembers hashes of prompt prefixes (tools, then system, then messages), with the time at which each is forgotten. */
export function createPromptCache(now: () => number): PromptCache {
  const entries = new Map<string, { readonly until: number; readonly lifetime: number }>();
  return {
    use(request, card) {
      const { prefixes, points } = layOut(request, card);
      const usable = points.filter(({ position }) => (prefixes[position]?.tokens ?? 0) >= card.cacheMinimumTokens);
      const lifetimeOf = (hash: string) => {
        const { until = 0, lifetime = 0 } = entries.get(hash) ?? {};
        return until > now() ? lifetime : 0;
      };
      const keep = (hash: string, lifetime: number) => entries.set(hash, { until: now() + lifetime, lifetime });
      let read = 0;
      for (const { hash, tokens } of usable.flatMap(({ position }) => prefixes.slice(Math.max(0, position - lookBack), position + 1))) {
        const lifetime = lifetimeOf(hash);
        if (lifetime === 0) continue;
        read = Math.max(read, tokens);
        // What is read lives on for as long as it was written for.
        keep(hash, lifetime);
      }
      const written = Math.max(read, ...usable.map(({ position }) => prefixes[position]?.tokens ?? 0));
      for (const { position, ttl } of usable) {
        const { hash = '' } = prefixes[position] ?? {};
        keep(hash, Math.max(lifetimes[ttl], lifetimeOf(hash)));
      }
      const total = prefixes.at(-1)?.tokens ?? 0;
      return { inputTokens: total - written, cacheReadInputTokens: read, cacheWriteInputTokens: written - read };
    },
    reset: () => entries.clear(),
  };
}

interface Layout {
  /** Hash and length of everything up to and including each block; the first is the empty prefix. */
  readonly prefixes: readonly { readonly hash: string; readonly tokens: number }[];
  readonly points: readonly { readonly position: number; readonly ttl: '5m' | '1h' }[];
}

function layOut({ toolConfig, system = [], messages }: ConverseRequest, { id }: ModelCard): Layout {
  const spoken = messages.flatMap(({ role, content }) => content.map((block) => ({ block, owner: role })));
  const entries = [
    ...(toolConfig?.tools ?? []).map((block) => ({ block, owner: 'tools' })),
    ...system.map((block) => ({ block, owner: 'system' })),
    ...spoken,
  ];
  const hash = createHash('sha256').update(id);
  const prefixes = [{ hash: hash.copy().digest('hex'), tokens: 0 }];
  const points: { position: number; ttl: '5m' | '1h' }[] = [];
  for (const { block, owner } of entries) {
    const { cachePoint } = block as { cachePoint?: CachePoint };
    if (cachePoint) {
      points.push({ position: prefixes.length - 1, ttl: cachePoint.ttl ?? '5m' });
      continue;
    }
    hash.update(`${owner}\0${JSON.stringify(block)}\0`);
    prefixes.push({ hash: hash.copy().digest('hex'), tokens: (prefixes.at(-1)?.tokens ?? 0) + blockTokensOf(block) });
  }
  return { prefixes, points };
}
