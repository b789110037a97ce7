export type WrittenPair = { readonly name: string; readonly value: string };

/** What a text says to be called something: each name in it with its value, in whatever language it is written. In linear time: patterns look ahead a little only. */
export function writtenPairs(text: string): WrittenPair[] {
  const found = patterns.filter(({ sign }) => sign.test(text)).flatMap(({ pattern }) => [...text.matchAll(pattern)]);
  const reversed = hasMembers.test(text) ? [...text.matchAll(valueFirst)] : [];
  return [
    ...found.map(([, name = '', value = '']) => ({ name, value })),
    ...reversed.map(([, value = '', name = '']) => ({ name, value })),
  ];
}

const quote = String.raw`\\{0,8}["']?`;
const naming =
  '(?:name|key|id|k|var|variable|env|header|option|option_?name|parameter_?(?:name|key)|setting|property|field|label|attribute)';
const valued = '(?:value|val|v|content|contents|data|text|default)';
const is = String.raw`${quote}\s{0,9}(?:=>|[:=])\s{0,9}${quote}`;
const value = String.raw`([^\s"'\\<>,;]{1,300})`;
/** To the next member of the same object or element: no other one begins, in YAML neither. */
const between = String.raw`${quote}(?:[ \t]{0,80},?[ \t]{0,80}(?:\r?\n|\\{1,4}n)?[ \t]{0,80}|,\s{0,80})`;

/** Without its sign none of a pattern is there: most texts have few. */
const written = (sign: RegExp, pattern: RegExp) => ({ sign, pattern });
const hasMembers = new RegExp(String.raw`${valued}\\{0,8}["']?\s{0,9}[=:]`, 'i');
const patterns = [
  // `NAME=value`, `name: value`, `"name":"value"`, `--name value`, and as arguments of a list: `"--name", "value"`, `- --name` and `- value` below it.
  written(
    /[=:]|--/,
    /(?<![\w.-])-{0,2}([\w.-]+)\\{0,8}["']?\s*(?:=>?|:(?=[\s"'\\])|(?<=--[\w-]{1,40})\s)\s*(?=\\{0,8}["']?([^\s"';,&\\]{1,300}))/g,
  ),
  written(
    /-\w/,
    /(?<![\w-])-{1,2}([\w.-]{2,80})\\{0,8}["']?(?:[ \t]{0,9},\s{0,80}|\s{1,80}(?:-[ \t]{1,9})?)(?=\\{0,8}["']?(?!-)([^\s"',;&\\]{1,300}))/g,
  ),
  written(
    hasMembers,
    new RegExp(String.raw`(?<![\w-])${naming}${is}([\w./-]{1,80})${between}[- \t]{0,2}${quote}${valued}${is}(?=${value})`, 'gi'),
  ),
  // In XML, in a Dockerfile, with nothing but a colon.
  written(/</, /<(?:\w{1,40}:)?([\w.-]{1,80})(?:\s[^<>]{0,200})?>\s{0,40}(?:<!\[CDATA\[)?([^\s<]{1,300})/g),
  written(/ENV|ARG|export|set/, /(?<!\w)(?:ENV|ARG|export|setx?|setenv)\s{1,9}([\w.-]{1,80})\s{1,9}([^\s=]{1,300})/g),
  // Not inside an ARN, where `secret:` says what is named.
  written(/:/, /(?<![\w.:/-])([\w.-]{0,80}(?:passw(?:or)?d|secret|token|api[_.-]?key)):([^\s:"',;]{6,300})/gi),
];
const valueFirst = new RegExp(String.raw`(?<![\w-])${valued}${is}${value}${between}${quote}${naming}${is}(?=([\w./-]{1,80}))`, 'gi');
