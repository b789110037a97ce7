/** A mistake on the command line or in the environment; its message is for the person who typed it. */
export class UsageError extends Error {
  readonly code = 'usage';
}
