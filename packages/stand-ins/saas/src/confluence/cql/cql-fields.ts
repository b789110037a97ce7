import { type Operator, QueryMeaningError } from '../../query-language/query.ts';
import type { ConfluencePage, ConfluenceState } from '../confluence-state.ts';
import { storageText } from '../storage-format.ts';

export interface CqlField {
  readonly names: readonly string[];
  readonly operators: readonly Operator[];
  readonly isDate?: boolean;
  /** Texts in small letters, for they are compared so. */
  readonly read: (page: ConfluencePage, state: ConfluenceState) => readonly (string | number)[];
}

const equality: readonly Operator[] = ['=', '!=', 'in', 'not in'];
const words: readonly Operator[] = ['~', '!~'];
const dates: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];

const fields: readonly CqlField[] = [
  { names: ['type'], operators: equality, read: () => ['page'] },
  { names: ['space', 'space.key'], operators: equality, read: ({ space }) => [space.toLowerCase()] },
  {
    names: ['space.title'],
    operators: words,
    read: ({ space }, { spaces }) => spaces.filter(({ key }) => key === space).map(({ name }) => name),
  },
  { names: ['title'], operators: [...equality, ...words], read: ({ title }) => [title.toLowerCase()] },
  { names: ['text'], operators: words, read: ({ title, storage, labels }) => [[title, storageText(storage), ...labels].join('\n')] },
  { names: ['sitesearch'], operators: words, read: ({ title, storage }) => [`${title}\n${storageText(storage)}`] },
  { names: ['label'], operators: equality, read: ({ labels }) => labels },
  { names: ['id', 'content'], operators: equality, read: ({ id }) => [id] },
  { names: ['parent'], operators: equality, read: ({ parentId }) => (parentId === null ? [] : [parentId]) },
  { names: ['ancestor'], operators: equality, read: (page, state) => ancestorsOf(page, state) },
  { names: ['creator'], operators: equality, read: ({ authorId }) => [authorId] },
  { names: ['contributor'], operators: equality, read: ({ authorId, version }) => [authorId, version.authorId] },
  { names: ['created'], operators: dates, isDate: true, read: ({ createdAt }) => [createdAt] },
  { names: ['lastmodified'], operators: dates, isDate: true, read: ({ version }) => [version.createdAt] },
];

export function cqlFieldOf(name: string): CqlField {
  const field = fields.find(({ names }) => names.includes(name.toLowerCase()));
  if (!field) throw new QueryMeaningError(`Unsupported CQL field '${name}' for this resource`);
  return field;
}

export function ancestorsOf({ parentId }: ConfluencePage, state: ConfluenceState): string[] {
  const parent = state.pages.find(({ id }) => id === parentId);
  return parent ? [parent.id, ...ancestorsOf(parent, state)] : [];
}
