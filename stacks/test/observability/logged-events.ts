import { productionSources } from '../slack/production-sources.ts';

/** Of lines that are always written: those of `debug` are not. */
const call = /\.(?:info|warn|error)\(\s*(?:'([\w.-]+)'|`([\w.${}-]+)`)/g;

/** The packages whose code writes a line of an event: by its name, or by one with a gap that fits, filled with a word of their code or of what they are sent. */
export function writersOf(event: string): string[] {
  const sent = packages.find(({ name }) => name === 'protocol')?.text ?? '';
  return packages.filter(({ text, names }) => names.some((name) => fits(name, event, text + sent))).map(({ name }) => name);
}

const packages = [...Map.groupBy(productionSources(), ({ path }) => path.split('/')[1] ?? '')].map(([name, sources]) => {
  const text = sources.map((source) => source.text).join('\n');
  return { name, text, names: [...text.matchAll(call)].map(([, whole, withGap]) => whole ?? withGap ?? '') };
});

function fits(name: string, event: string, text: string): boolean {
  if (name === event) return true;
  const [before, after, more] = name.split(/\$\{[\w.]+\}/);
  if (before === undefined || after === undefined || more !== undefined || !event.startsWith(before) || !event.endsWith(after))
    return false;
  return text.includes(`'${event.slice(before.length, event.length - after.length)}'`);
}
