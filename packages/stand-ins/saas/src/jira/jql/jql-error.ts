/** A query that parses and still means nothing here: a field, a value or an operator that does not exist. */
export class JqlError extends Error {
  readonly code = 'jql';
}
