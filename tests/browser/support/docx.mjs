// Word files written by us, as small as Word still opens them: headings with the automatic numbering of
// Chinese offices, and a picture where one is wished. The ordinals stand nowhere in the text.

import { crc32 } from "node:zlib";

/** A picture of one point. */
export const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";

/** A zip archive of files that are stored as they are. */
function zip(files) {
  const bodies = [];
  const entries = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    // From the version that is needed to the length of the name; the date is the first that zip knows.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const entry = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, Buffer.alloc(14), path]);
    entry.writeUInt32LE(at, 42);
    entries.push(entry);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, path, bytes);
    at += 30 + path.length + bytes.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  for (const where of [8, 10]) end.writeUInt16LE(entries.length, where);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

const run = (text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const level = (number, text) => `<w:lvl w:ilvl="${number}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="${text}"/></w:lvl>`;
const drawn = `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="图" descr="办案情况图"/><a:graphic><a:graphicData uri="${DRAWING}/picture"><pic:pic><pic:blipFill><a:blip r:embed="rId2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;

/**
 * A Word file of `lines`: `# ` begins a heading that Word numbers 一、 and `## ` one that it numbers （一）;
 * `!` alone is the picture, everything else a paragraph.
 */
export function docx(lines) {
  const paragraph = (line) => {
    const [, marks, text] = /^(#{0,2}) ?(.*)$/.exec(line);
    if (text === "!") return drawn;
    const numbered = marks ? `<w:pPr><w:numPr><w:ilvl w:val="${marks.length - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr>` : "";
    return `<w:p>${numbered}${run(text)}</w:p>`;
  };
  const relation = (id, type, target) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (...inside) => `<Relationships xmlns="${PACKAGE}/relationships">${inside.join("")}</Relationships>`;
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  return zip({
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="${type}.numbering+xml"/></Types>`,
    "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(relation("rId1", "numbering", "numbering.xml"), relation("rId2", "image", "media/image1.png")),
    "word/document.xml": `<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}/wordprocessingDrawing" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture"><w:body>${lines.map(paragraph).join("")}</w:body></w:document>`,
    "word/numbering.xml": `<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0">${level(0, "%1、")}${level(1, "（%2）")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    "word/media/image1.png": PICTURE,
  });
}
