/** A query that does not parse, with Jira's words for why and where. Confluence says less. */
export class QuerySyntaxError extends Error {
  readonly code = 'query-syntax';

  constructor(message: string, at?: { readonly line: number; readonly character: number }) {
    super(at ? `${message} (line ${at.line}, character ${at.character})` : message);
  }
}
