import type { Look } from './looks.ts';
import { readXml } from './read-xml.ts';

/** What a run of a Word document says of its own look, or its style does. */
export interface RunLook {
  readonly hidden?: boolean;
  readonly small?: boolean;
  readonly white?: boolean;
  readonly struck?: boolean;
  readonly place?: string | undefined;
}

/** What no element says is as the style has it. `specVanish` hides ends of paragraphs. */
export function runLookBy(element: string, { 'w:val': value = '' }: Readonly<Record<string, string>>): RunLook | undefined {
  switch (element) {
    case 'vanish':
    case 'webHidden':
      return { hidden: isOn(value) };
    case 'strike':
    case 'dstrike':
      return { struck: isOn(value) };
    case 'sz':
      return { small: Number(value) <= smallest };
    case 'color':
      return { white: /^f{6}$/i.test(value) };
    case 'vertAlign':
      return { place: value };
    default:
      return undefined;
  }
}

/** In half points. */
const smallest = 4;

function isOn(value: string): boolean {
  return !/^(?:0|false|off)$/.test(value);
}

/** Of several the one that says most. */
export function lookOf({ hidden, small, white, struck, place }: RunLook): Look | undefined {
  if (hidden || small) return 'hidden';
  if (white) return 'white';
  if (struck) return 'struck';
  if (place === 'superscript') return 'raised';
  return place === 'subscript' ? 'lowered' : undefined;
}

/** The look of each style by its id, with what it takes over from others. */
export function styleLooks(part: Uint8Array | undefined): (id: string | undefined) => RunLook {
  const styles = new Map<string, { look: RunLook; basedOn: string | undefined }>();
  let style: { look: RunLook; basedOn: string | undefined } | undefined;
  readXml(part, {
    open(element, attributes) {
      if (element === 'style') {
        style = { look: {}, basedOn: undefined };
        styles.set(attributes['w:styleId'] ?? '', style);
      }
      // What parts of a table look like is none of its own.
      if (element === 'tblStylePr') style = undefined;
      if (!style) return;
      if (element === 'basedOn') style.basedOn = attributes['w:val'];
      style.look = { ...style.look, ...runLookBy(element, attributes) };
    },
    close(element) {
      if (element === 'style') style = undefined;
    },
  });
  const looked = (id: string | undefined, depth: number): RunLook => {
    const found = styles.get(id ?? '');
    return found && depth > 0 ? { ...looked(found.basedOn, depth - 1), ...found.look } : {};
  };
  return (id) => looked(id, deepest);
}

/** As Word itself follows no more; and styles may name each other in a circle. */
const deepest = 10;
