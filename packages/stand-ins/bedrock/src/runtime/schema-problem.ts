import { Ajv2020 } from 'ajv/dist/2020.js';

const legalName = /^[a-zA-Z0-9_.-]{1,64}$/;
const most = 1_000;
const known = new Map<string, 'schema' | 'names' | undefined>();

/** What keeps an object from being a schema of draft 2020-12 with names that a model takes; each schema is looked at once. */
export function schemaProblemOf(schema: Readonly<Record<string, unknown>>): 'schema' | 'names' | undefined {
  const text = JSON.stringify(schema);
  if (!known.has(text)) {
    if (known.size >= most) known.clear();
    known.set(text, problemOf(schema));
  }
  return known.get(text);
}

function problemOf(schema: object): 'schema' | 'names' | undefined {
  try {
    // By compiling, references are followed as well; an instance of its own, as it keeps what it compiled.
    new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schema);
  } catch {
    return 'schema';
  }
  return Object.keys((schema as { properties?: object }).properties ?? {}).every((name) => legalName.test(name)) ? undefined : 'names';
}
