import { type Check, object, oneOf, problem, text } from './checks.ts';

const isWebAddress: Check = (value, pointer) =>
  /^https?:\/\/[^/\s]/i.test(String(value)) && URL.canParse(String(value)) ? [] : problem('must be a valid url', pointer);

/** A source of a step: https://docs.slack.dev/reference/block-kit/block-elements/url-source-element. It links nowhere but to the web. */
export const urlSource = object({
  type: oneOf('url'),
  url: (value, pointer) => [...text(3_000, 1)(value, pointer), ...isWebAddress(value, pointer)],
  text: text(256, 1),
});
