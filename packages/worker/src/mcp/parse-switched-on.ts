/** A server that is switched on, and its address where that differs from company to company. */
export interface SwitchedOn {
  readonly name: ServerName;
  readonly url?: string;
}

export type ServerName = 'github' | 'atlan' | 'splunk' | 'azure' | 'aws';

/** Whether a server has an address of its own in each company. */
const needsUrl: Readonly<Record<ServerName, boolean>> = { github: false, atlan: true, splunk: true, azure: false, aws: false };

/** `github,splunk=https://splunk.example.com:8089/services/mcp` → what is on; a string says what is wrong with it. */
export function parseSwitchedOn(text: string): readonly SwitchedOn[] | string {
  const entries: SwitchedOn[] = [];
  for (const entry of text.split(',').flatMap((part) => part.trim() || [])) {
    const [name = '', url] = entry.split(/=(.*)/s);
    if (!isServerName(name)) return `${name} is none of ${Object.keys(needsUrl).join(', ')}`;
    if (entries.some((earlier) => earlier.name === name)) return `${name} is there twice`;
    if (needsUrl[name] && url === undefined) return `${name} needs its address: ${name}=https://…`;
    if (url !== undefined && !isSafe(url)) return `the address of ${name} must begin with https://`;
    entries.push({ name, ...(url === undefined ? {} : { url }) });
  }
  return entries;
}

function isServerName(name: string): name is ServerName {
  return Object.hasOwn(needsUrl, name);
}

/** A key goes there: only this machine may be spoken to in the clear. */
function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
