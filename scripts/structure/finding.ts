/** One broken rule: where, what is there, why that is not wanted, and what to do. */
export type Finding = { readonly file: string; readonly line: number; readonly what: string; readonly why: string; readonly fix: string };

export function toText({ file, line, what, why, fix }: Finding): string {
  return `${file}:${line}  ${what}\n    why: ${why}\n    fix: ${fix}`;
}
