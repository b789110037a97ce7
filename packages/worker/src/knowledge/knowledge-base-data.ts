import * as z from 'zod/mini';

/** Letters, digits and what names are made of; nothing that could end a line or a data mark. */
const name = /^[^<>"\n\r]{1,60}$/;

const value = z.union([z.string(), z.number(), z.boolean()]);
const attribute = z.strictObject({ key: z.string().check(z.minLength(1)), value });
const listed = z.strictObject({ key: z.string().check(z.minLength(1)), value: z.array(value).check(z.minLength(1)) });

const comparisons = {
  ...{ equals: attribute, notEquals: attribute, startsWith: attribute, stringContains: attribute, listContains: attribute },
  ...{ greaterThan: attribute, greaterThanOrEquals: attribute, lessThan: attribute, lessThanOrEquals: attribute },
  ...{ in: listed, notIn: listed },
};

/** A `RetrievalFilter` of Bedrock: one comparison, or two to five filters under `andAll` or `orAll`. */
export type KnowledgeFilter =
  | { readonly [Comparison in keyof typeof comparisons]?: z.output<(typeof comparisons)[Comparison]> }
  | { readonly andAll: readonly KnowledgeFilter[] }
  | { readonly orAll: readonly KnowledgeFilter[] };

const isFilter = (filter: unknown, depth = 0): boolean => {
  if (typeof filter !== 'object' || filter === null || Object.keys(filter).length !== 1 || depth > 2) return false;
  const [[comparison = '', operand] = []] = Object.entries(filter);
  if (comparison === 'andAll' || comparison === 'orAll')
    return Array.isArray(operand) && operand.length >= 2 && operand.length <= 5 && operand.every((part) => isFilter(part, depth + 1));
  return Object.hasOwn(comparisons, comparison) && comparisons[comparison as keyof typeof comparisons].safeParse(operand).success;
};

const shape = z
  .strictObject({
    id: z.string().check(z.regex(/^[0-9A-Z]{10}$/, 'a knowledge base id has ten capital letters and digits')),
    /** The worker's own where it is left out. */
    region: z.optional(z.string().check(z.regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region, such as us-east-1'))),
    /** What people call it: it tells which one could not be searched. */
    name: z.string().check(z.regex(name, 'one line of at most 60 characters, without < > "')),
    /** What it holds, for the model: "Policies of the People team". */
    about: z.optional(z.string().check(z.regex(/^[^<>\n\r]{1,200}$/, 'one line of at most 200 characters, without < >'))),
    /** Bedrock refuses a search that is meant for another kind: `vector` where it is left out. */
    kind: z.optional(z.enum(['vector', 'managed', 'structured'], 'vector, managed or structured')),
    /** Only what passes it is found. */
    filter: z.optional(
      z.custom<KnowledgeFilter>((filter) => isFilter(filter), 'a retrieval filter of Bedrock, such as { equals: { key, value } }'),
    ),
    /** After so many days without a change a document counts as outdated: 180 where it is left out. */
    outdatedDays: z.optional(z.int().check(z.minimum(1), z.maximum(36_500))),
  })
  .check(
    z.refine(({ kind, filter }) => kind !== 'structured' || filter === undefined, {
      path: ['filter'],
      message: 'a structured knowledge base is asked by SQL, which knows no filter',
    }),
  );

/** A knowledge base as the settings name it, and as it travels to the worker in a variable, unchanged. */
export type KnowledgeBaseData = z.output<typeof shape>;

export const knowledgeBaseList = z.array(shape).check(
  z.maxLength(10, 'ten at most: each is asked with every search'),
  z.refine((bases) => new Set(bases.map((base) => base.name.toLowerCase())).size === bases.length, {
    message: 'each needs a name of its own',
  }),
);
