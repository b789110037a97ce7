import { type JsonObject, membersOf, pointerTo } from './json-document.ts';
import type { OpenApiFinding } from './open-api-finding.ts';

const secrets: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an Atlassian token', /\bAT(?:ATT3x|CTT3x|BB)[\w=-]{16,}/],
  ['a Slack token', /\bx(?:ox[abeprs]|app)-[\w-]{10,}/],
  ['a GitHub token', /\b(?:gh[opsur]|github_pat)_\w{20,}/],
  ['a JWT', /\beyJ[\w-]{8,}\.[\w-]{8,}\./],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a PagerDuty token', /\bToken token=[\w+-]{16,}/],
  ['a credential', /\b(?:Bearer|Basic) [\w+/=.-]{16,}/],
  ['a password in an address', /\bhttps?:\/\/[^\s/@:]+:[^\s/@]+@/],
];

/** Things that look like credentials, anywhere: the document lies in a bucket and is shown to the model. */
export function secretFindings(document: JsonObject): OpenApiFinding[] {
  return textsIn(document, '').flatMap(({ where, text }) => {
    const kind = secrets.find(([, shape]) => shape.test(text))?.[0];
    return kind
      ? [{ where, what: `what looks like ${kind}`, why: 'the document is stored and shown to the model', fix: 'remove it and revoke it' }]
      : [];
  });
}

function textsIn(value: unknown, where: string): { where: string; text: string }[] {
  if (typeof value === 'string') return [{ where, text: value }];
  return membersOf(value).flatMap(([key, member]) => {
    const at = pointerTo(where, key);
    return [{ where: at, text: key }, ...textsIn(member, at)];
  });
}
