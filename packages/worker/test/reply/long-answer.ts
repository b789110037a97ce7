/** An answer of `length` characters with everything that may not be cut: tables, code blocks, links, inline code. Each word is unique. */
export function longAnswer(length: number): string {
  let words = 0;
  const say = (count: number) => Array.from({ length: count }, () => `w${++words}xxx`).join(' ');
  let text = '';
  for (let number = 1; ; number += 1) {
    const next = `${text}${section(number, say)}\n\n`;
    if (next.length > length) return `${text}${say(length)}`.slice(0, length);
    text = next;
  }
}

const each = (count: number, line: () => string) => Array.from({ length: count }, line).join('\n');

function section(number: number, say: (count: number) => string): string {
  const row = () => `| ${say(3)} | [${say(2)}](https://example.com/${say(1)}) |`;
  const specials = [
    () => `| ${say(1)} | ${say(1)} |\n| --- | --- |\n${each(14, row)}`,
    () => `\`\`\`bash\n${each(22, () => say(6))}\n\`\`\``,
    () => each(6, () => `- ${say(6)} <https://example.com/${say(1)}>`),
  ];
  const paragraph = `${say(20)} [${say(3)}](https://example.com/${say(1)}) ${say(10)} \`${say(4)}\` ${say(6)}`;
  return [`## Part ${number}`, paragraph, specials[number % 3]?.()].join('\n\n');
}
