/** Whether an element is not to be seen by the page's own style sheets; undefined where they say nothing of it. */
export type HidesBySheet = (tag: string, attributes: Readonly<Record<string, string>>) => boolean | undefined;

const hiding =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:[a-z]+|%)?)\s*(?:!\s*important\s*)?(?:;|$)/i;
const saying = /(?:^|;)\s*(?:display|visibility|opacity|font-size)\s*:/i;

/** Whether declarations hide what they are of. */
export function hidesByStyle(style: string): boolean | undefined {
  if (hiding.test(style)) return true;
  return saying.test(style) ? false : undefined;
}

/**
 * What hides by a name of its own: `.x`, `#x`, `p.x`. Rules for a medium or a state are not followed, and in doubt it is seen: one rule
 * that shows it is enough, whatever stands around what it is for.
 */
export function hidingSheets(html: string): HidesBySheet {
  const rules = Map.groupBy(
    [...html.matchAll(/<style\b[^>]*>([^<]*)/gi)].flatMap(([, css = '']) => [...rulesIn(css)].flatMap(seenRules)),
    ({ parts }) => parts.at(-1),
  );
  return (tag, { class: classes = '', id = '' }) => {
    if (rules.size === 0) return undefined;
    const names = new Set([tag, `#${id.trim()}`, ...(classes.match(/\S+/g) ?? []).map((one) => `.${one}`)]);
    const found = [...names].flatMap((name) => rules.get(name) ?? []).filter(({ parts }) => parts.every((part) => names.has(part)));
    return found.length === 0 ? undefined : found.every(({ hides }) => hides);
  };
}

/** What of a rule is for an element by its own names. */
function seenRules({ selectors, body }: { readonly selectors: string; readonly body: string }) {
  const hides = hidesByStyle(body);
  if (hides === undefined) return [];
  return selectors.split(',').flatMap((selector) => {
    const own = hides
      ? selector.trim()
      : (selector
          .trim()
          .split(/[\s>+~]+/)
          .at(-1) ?? '');
    return /^[.#]?[\w-]+(?:[.#][\w-]+)*$/.test(own) ? { parts: own.match(/[.#]?[\w-]+/g) ?? [], hides } : [];
  });
}

/** Those that stand in no other. */
function* rulesIn(css: string): Generator<{ readonly selectors: string; readonly body: string }> {
  let depth = 0;
  let selectors = '';
  for (const [, text = '', sign] of css.replace(/\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//g, '').matchAll(/([^{}]*)([{}]|$)/g)) {
    if (sign === '{') {
      if (depth === 0) selectors = text.slice(text.lastIndexOf(';') + 1).trim();
      else selectors = '@';
      depth += 1;
    } else if (sign === '}') {
      if (depth === 1 && !selectors.startsWith('@')) yield { selectors, body: text };
      depth = Math.max(0, depth - 1);
    }
  }
}
