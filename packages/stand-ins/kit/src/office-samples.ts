import { crc32, deflateRawSync } from 'node:zlib';

/** An archive whose parts are packed, as Office's files are. `declared` lies about how large a part is. */
export function zipSample(parts: Readonly<Record<string, string | Buffer>>, declared: Readonly<Record<string, number>> = {}): Buffer {
  let offset = 0;
  const entries = Object.entries(parts).map(([name, content]) => {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared[name] ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    offset += local.length;
    return { local, central: Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), fields, place, Buffer.from(name)]) };
  });
  const central = Buffer.concat(entries.map((entry) => entry.central));
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries.map((entry) => entry.local), central, Buffer.from('PK\u0005\u0006'), end]);
}

export interface SheetSample {
  readonly name: string;
  /** The elements `row`, as Excel writes them. */
  readonly rows: string;
  /** What stands behind the rows, such as merged ranges. */
  readonly after?: string;
  readonly isHidden?: boolean;
}

export interface WorkbookSample {
  readonly sheets: readonly SheetSample[];
  readonly isFrom1904?: boolean;
  /** Number formats: the cell style 1 is the first of them. */
  readonly formats?: readonly string[];
  readonly sharedTexts?: readonly string[];
  readonly more?: Readonly<Record<string, string | Buffer>>;
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const packageRelations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** An .xlsx file with the parts that Excel writes, in the order in which it writes them. */
export function xlsxSample({ sheets, isFrom1904 = false, formats = [], sharedTexts = [], more = {} }: WorkbookSample): Buffer {
  const listed = sheets.map(
    ({ name, isHidden }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  const targets = sheets.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const codes = formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`);
  const styles = ['<xf numFmtId="0"/>', ...formats.map((_, index) => `<xf numFmtId="${164 + index}" applyNumberFormat="1"/>`)];
  const parts = sheets.map(({ rows, after = '' }, index): [string, string] => [
    `xl/worksheets/sheet${index + 1}.xml`,
    `${xml}<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`,
  ]);
  return zipSample({
    '[Content_Types].xml': `${xml}<Types/>`,
    'xl/workbook.xml': `${xml}<workbook ${main} ${relations}><workbookPr${isFrom1904 ? ' date1904="true"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships ${packageRelations}>${targets.join('')}</Relationships>`,
    ...Object.fromEntries(parts),
    'xl/styles.xml': `${xml}<styleSheet ${main}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${xml}<sst ${main}>${sharedTexts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    ...more,
  });
}

/** Rows of an .xlsx sheet: texts stand in their cells, numbers as they are, `null` is no cell. */
export function rowsOf(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return '<c/>';
    return typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  return rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
}

/** A .docx file with this body. */
export function docxSample(body: string, more: Readonly<Record<string, string | Buffer>> = {}): Buffer {
  const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  return zipSample({
    '[Content_Types].xml': `${xml}<Types/>`,
    'word/document.xml': `${xml}<w:document ${namespace} ${relations}><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}
