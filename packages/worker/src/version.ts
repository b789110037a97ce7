declare const VERA_VERSION: string | undefined;

/** Of the repository's package.json, put in by the bundler: an image has no other file that says it. */
export const version = typeof VERA_VERSION === 'undefined' ? 'unbundled' : VERA_VERSION;
