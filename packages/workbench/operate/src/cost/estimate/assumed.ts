/**
 * What a question takes as long as nobody has measured theirs: `pnpm vera cost` and `question.spent` in the worker's log say what yours do.
 * The sources of each are in docs/cost.md.
 */
export const assumedQuestion = { seconds: 60, cpuSeconds: 5, inputTokens: 50_000, outputTokens: 2_000 };

/** V1 holds what grows with the image, V2 mostly the platform's own; V1 starts a process, V2 goes on from a snapshot. */
export const assumedSession = {
  v1: { gigabytes: 2.7, startSeconds: 7, startCpuSeconds: 7 },
  v2: { gigabytes: 1.2, startSeconds: 2, startCpuSeconds: 0 },
};

/** A new instance of a function, which is billed. */
export const assumedFunctionStart = 3;

/** The article's: dozens an hour in business hours, and five a day. */
export const traffics = {
  few: { questionsADay: 5, perThread: 1, pause: 0 },
  dozens: { questionsADay: 288, perThread: 3, pause: 60, hoursADay: 8 },
};
