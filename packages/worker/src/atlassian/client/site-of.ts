import { shorten, textLimits } from '@vera/protocol/shorten';
import type { PersonAccount } from '../../tools/person-tool.ts';
import { ToolFailure } from '../../tools/tool.ts';

type Site = PersonAccount['sites'][number];

/** The one site that an account opens; of several the one that is named, by name, URL or id. */
export function siteOf({ sites }: Pick<PersonAccount, 'sites'>, wanted: string | undefined): Site {
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
  return text.trim().toLowerCase().replace(/\/+$/, '');
}
