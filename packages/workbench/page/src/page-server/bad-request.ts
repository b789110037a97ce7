/** What the page asked for makes no sense; the message says why, to a person. */
export class BadRequest extends Error {
  readonly code = 'bad-request';
}
