/** The tag of the worker's image cannot be told. The message says why and what to do. */
export class WorkerImageError extends Error {
  readonly code = 'worker_image';
}
