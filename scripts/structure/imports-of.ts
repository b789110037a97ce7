/** What a TypeScript file imports, type-only imports too. A pattern is enough because the formatter puts every statement at a line's start. */
export type Import = { readonly specifier: string; readonly line: number };

const statement = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])(?<specifier>[^'"\n]+)\1/gm;
const expression = /\bimport(?:\.meta\.resolve)?\(\s*(['"`])(?<specifier>[^'"`\n]+)\1/g;

export function importsOf(source: string): Import[] {
  return [...source.matchAll(statement), ...source.matchAll(expression)].map((match) => ({
    specifier: match.groups?.specifier ?? '',
    line: source.slice(0, match.index + match[0].length).split('\n').length,
  }));
}
