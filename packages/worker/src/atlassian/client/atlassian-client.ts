import type * as z from 'zod';
import type { PersonAccount } from '../../tools/person-tool.ts';
import { createRequests, type RequestOptions } from './create-requests.ts';
import { siteOf } from './site-of.ts';

export interface SiteConnection {
  readonly site: PersonAccount['sites'][number];
  readonly accountId: string;
  /** `path` as `pathOf` makes it, below the product's root. */
  get<Schema extends z.ZodType>(path: string, schema: Schema, query?: Query): Promise<z.output<Schema>>;
  /** Looks up by a POST. */
  ask<Schema extends z.ZodType>(path: string, body: object, schema: Schema): Promise<z.output<Schema>>;
  change<Schema extends z.ZodType>(request: Change, schema: Schema): Promise<z.output<Schema>>;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Change {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
}

export interface AtlassianClient {
  /** A site by its name, its URL or its id; needed where there are several. */
  at(product: 'jira' | 'confluence', asked: Asked): SiteConnection;
}

interface Asked {
  readonly account: PersonAccount;
  readonly site: string | undefined;
  readonly signal: AbortSignal;
}

export function createAtlassianClient(options: RequestOptions): AtlassianClient {
  const requests = createRequests(options);
  return {
    at(product, { account, site: wanted, signal }) {
      const site = siteOf(account, wanted);
      const common = { product, siteId: site.id, token: account.token, signal };
      return {
        site,
        accountId: account.accountId,
        get: (path, schema, query) => requests.read({ ...common, method: 'GET', path: path + queryOf(query), schema }),
        ask: (path, body, schema) => requests.read({ ...common, method: 'POST', path, body, schema }),
        change: (change, schema) => requests.change({ ...common, ...change, schema }),
      };
    },
  };
}

function queryOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
