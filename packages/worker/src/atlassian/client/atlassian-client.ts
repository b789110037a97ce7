import { shorten, textLimits } from '@vera/protocol/shorten';
import type * as z from 'zod';
import type { PersonAccount } from '../../tools/person-tool.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { createRequests, type RequestOptions } from './requests.ts';

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

type Site = PersonAccount['sites'][number];

/** The one site that an account opens; of several the one that is named, by name, URL or id. */
function siteOf({ sites }: Pick<PersonAccount, 'sites'>, wanted: string | undefined): Site {
  const [only, ...others] = sites;
  if (!only) throw new ToolFailure('The connected Atlassian account opens no site. The person has to connect it again and choose one.');
  if (wanted === undefined && others.length === 0) return only;
  const found = sites.filter((site) => wanted !== undefined && namesOf(site).includes(plain(wanted)));
  if (found.length === 1 && found[0]) return found[0];
  const known = sites.map(({ name, url }) => `${name} (${url})`).join(', ');
  throw new ToolFailure(
    wanted === undefined
      ? `The account opens several sites. Give one as \`site\`: ${known}.`
      : `The account does not open a site "${shorten(wanted, textLimits.quote)}". It opens: ${known}.`,
  );
}

function namesOf({ id, name, url }: Site): string[] {
  return [id, name, url, url.replace(/^https?:\/\//, '')].map(plain);
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/(?<!\/)\/+$/, '');
}

/** A path of the API. What is put into it stays within its segment, whatever it holds. */
export function pathOf(fixed: TemplateStringsArray, ...segments: readonly string[]): string {
  for (const segment of segments) {
    // URLs lose `.` and `..` also where they are encoded.
    if (/^\.{0,2}$/.test(segment) || segment.length > 300)
      throw new ToolFailure(`"${shorten(segment, textLimits.quote)}" is no id or key.`);
  }
  return fixed.reduce((path, part, index) => path + encodeURIComponent(segments[index - 1] ?? '') + part);
}
