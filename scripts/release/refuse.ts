/** Tells at the top of the workflow's run why it failed, whatever stands in the words; the exit code for that. */
export function refuse(title: string, why: string): number {
  console.log(`::error title=${title}::${why.replaceAll('%', '%25').replaceAll('\n', '%0A')}`);
  return 1;
}
