/** Not there in time. */
class PatienceError extends Error {
  readonly code = 'patience';
}

/** What `work` gives within so many milliseconds; rejects after them, whether or not it heeds its signal. */
export async function withinPatience<Result>(milliseconds: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new PatienceError(`Not there after ${milliseconds} ms`);
    reject(error);
    controller.abort(error);
  }, milliseconds);
  try {
    return await Promise.race([work(controller.signal), over]);
  } finally {
    clearTimeout(timer);
  }
}
