/** Says yes `most` times within any 60 seconds. */
export function createMinuteLimit(most: number, now: () => number): () => boolean {
  let taken: number[] = [];
  return () => {
    taken = taken.filter((at) => at > now() - 60_000);
    if (taken.length >= most) return false;
    taken.push(now());
    return true;
  };
}
