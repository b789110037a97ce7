/** The same question asked again is answered from memory: a plan says most texts several times, before and after, and a comment looks at each again. */
export function remembered(judge: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const judged = judge(text);
    if (known.size >= mostKnown) known.clear();
    if (text.length <= longestKnown) known.set(text, judged);
    return judged;
  };
}

const mostKnown = 20_000;
const longestKnown = 2_000;
