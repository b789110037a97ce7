/** A query that parses and still means nothing here. */
export class CqlError extends Error {
  readonly code = 'cql';
}
