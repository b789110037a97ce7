/** The base image cannot be renewed. The message says why, as half a sentence. */
export class BaseImageError extends Error {
  readonly code = 'base_image';
}
