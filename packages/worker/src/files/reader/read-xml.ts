import { Parser } from 'htmlparser2';
import { RefusedFileError } from '../file-reading.ts';

export interface XmlHandler {
  /** Names without their prefix: files of other programs choose others. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const most = { depth: 100, elements: 4_000_000 };
const slice = 256 * 1024;

/** Reads XML as it stands: no document type is followed, so no entity is more than a character. */
export function readXml(bytes: Uint8Array | undefined, handler: XmlHandler): void {
  if (!bytes) return;
  let [depth, elements] = [0, 0];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        elements += 1;
        if (depth > most.depth || elements > most.elements) throw new RefusedFileError('unpacked');
        handler.open?.(local(name), attributes);
      },
      onclosetag(name) {
        depth -= 1;
        handler.close?.(local(name));
      },
      ontext: (text) => handler.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let at = 0; at < bytes.length; at += slice) parser.write(decoder.decode(bytes.subarray(at, at + slice), { stream: true }));
  parser.end(decoder.decode());
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function encodingOf(bytes: Uint8Array): string {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xfeff) return 'utf-16be';
  return mark === 0xfffe ? 'utf-16le' : 'utf-8';
}
