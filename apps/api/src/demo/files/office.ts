import { crc32 } from 'node:zlib';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument';

const escape = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A Word document with one paragraph per line. */
export function docx(lines: readonly string[]): Buffer {
  const paragraphs = lines
    .map((line) => `<w:p><w:r><w:t xml:space="preserve">${escape(line)}</w:t></w:r></w:p>`)
    .join('');
  const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return zip([
    contentTypes('/word/document.xml', `${TYPES}.wordprocessingml.document.main+xml`),
    relations('_rels/.rels', 'officeDocument', 'word/document.xml'),
    ['word/document.xml', `${XML}<w:document xmlns:w="${space}"><w:body>${paragraphs}</w:body></w:document>`],
  ]);
}

/** A workbook with one sheet of text cells. */
export function xlsx(rows: readonly (readonly string[])[]): Buffer {
  const space = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const cell = (text: string) => `<c t="inlineStr"><is><t>${escape(text)}</t></is></c>`;
  const data = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
  const sheets = `<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>`;
  return zip([
    contentTypes(
      '/xl/workbook.xml',
      `${TYPES}.spreadsheetml.sheet.main+xml`,
      '/xl/worksheets/sheet1.xml',
      `${TYPES}.spreadsheetml.worksheet+xml`,
    ),
    relations('_rels/.rels', 'officeDocument', 'xl/workbook.xml'),
    relations('xl/_rels/workbook.xml.rels', 'worksheet', 'worksheets/sheet1.xml'),
    ['xl/workbook.xml', `${XML}<workbook xmlns="${space}" xmlns:r="${OFFICE}">${sheets}</workbook>`],
    ['xl/worksheets/sheet1.xml', `${XML}<worksheet xmlns="${space}"><sheetData>${data}</sheetData></worksheet>`],
  ]);
}

type Entry = readonly [name: string, text: string];

function contentTypes(...parts: readonly string[]): Entry {
  const overrides = [];
  for (let index = 0; index < parts.length; index += 2) {
    overrides.push(`<Override PartName="${parts[index]}" ContentType="${parts[index + 1]}"/>`);
  }
  const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  return ['[Content_Types].xml', `${XML}<Types xmlns="${PACKAGE}/content-types">${rels}${overrides.join('')}</Types>`];
}

function relations(path: string, type: string, target: string): Entry {
  const relation = `<Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return [path, `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation}</Relationships>`];
}

/** Stored, not deflated, entries with a fixed date: 1 January 2026. */
function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const data = Buffer.from(text);
    const fields = entryFields(Buffer.from(name), data);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), data]);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, position, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** What a local header and the directory have in common, from "version needed" to the length of the extra field. */
function entryFields(name: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(((2026 - 1980) << 9) | (1 << 5) | 1, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}
