export interface Place {
  /** An IANA name. */
  readonly timeZone: string;
  /** The question's own words for it. */
  readonly words: string;
}

const zonesByCity = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(), zone]),
);

const otherNames: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  cet: 'Europe/Berlin',
  germany: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  france: 'Europe/Paris',
  spain: 'Europe/Madrid',
  italy: 'Europe/Rome',
  uk: 'Europe/London',
  england: 'Europe/London',
  japan: 'Asia/Tokyo',
  china: 'Asia/Shanghai',
  beijing: 'Asia/Shanghai',
  india: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  est: 'America/New_York',
  boston: 'America/New_York',
  washington: 'America/New_York',
  'new york': 'America/New_York',
  austin: 'America/Chicago',
  dallas: 'America/Chicago',
  pst: 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  portland: 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  brazil: 'America/Sao_Paulo',
  australia: 'Australia/Sydney',
};

/** The time zone of a place a question names: an IANA name, a city of one, or one of the usual other names. */
export function timeZoneIn(text: string): Place | undefined {
  const iana = /\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?\b/.exec(text)?.[0];
  if (iana && [...zonesByCity.values()].includes(iana)) return { timeZone: iana, words: iana };
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  const pairs = words.map((word, index) => `${word} ${words[index + 1] ?? ''}`.trim());
  for (const name of [...pairs, ...words]) {
    const timeZone = otherNames[name] ?? zonesByCity.get(name);
    if (timeZone) return { timeZone, words: name };
  }
  return undefined;
}
