import { isSecretName, isSurelySecretName, isVagueName } from '@vera/service-kit/secret-names';

/** Whether a text is a secret for the name it stands under. */
export function isSecretUnder(name: string, text: string): boolean {
  if (!isSecretName(name) || isReference(text)) return false;
  if (isVagueName(name)) return !plainWord.test(text);
  return isSurelySecretName(name) || !onlySetting.test(text);
}

/** What only says where a secret is, or that there is one; what is public. */
export function isReference(text: string): boolean {
  return references.test(text) || /^-----BEGIN PUBLIC KEY-----|^(?:ssh-(?:rsa|ed25519)|ecdsa-\S+) /.test(text);
}

const references = /^(?:arn:[\w-]+:.*|\$\{[^{}]*\}|\$\(?\w+\)?|\{\{.*\}\}|true|false|null|none)?$/i;
const onlySetting = /^(?:\d{1,9}|[A-Z_]+)$/;
const plainWord = /^(?:\d{1,9}|[A-Z_]+|[a-z]+(?:[-_][a-z]+){0,3}\d?)$/;
