import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';

/** The same value with what its `$ref`s point to in their place. Throws for one that points nowhere, or to what it is part of. */
export function withoutReferences(value: unknown, document: JsonObject, above: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, document, above));
  if (!isJsonObject(value)) return value;
  const { $ref } = value;
  if (typeof $ref === 'string') {
    if (above.includes($ref)) throw new Error(`${$ref} holds itself: AgentCore cannot make a tool of it`);
    return withoutReferences(pointedAt($ref, document), document, [...above, $ref]);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutReferences(member, document, above)]));
}

function pointedAt(reference: string, document: JsonObject): unknown {
  const [hash, ...steps] = reference.split('/');
  const names = steps.map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = names.reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), document);
  if (hash !== '#' || found === undefined) throw new Error(`${reference} points to nothing in the document`);
  return found;
}
