// Why: a person changes a cell in Excel; the tests do it to the file itself: a workbook is a zip of
// XML parts, and this reads one, changes parts and writes it again. Nothing else is understood.
import { inflateRawSync } from 'node:zlib';

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

/** The parts of a workbook by name. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const parts = new Map();
  let at = bytes.readUInt32LE(end + 16);
  while (bytes.readUInt32LE(at) === CENTRAL) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [names, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    parts.set(bytes.toString('utf8', at + 46, at + 46 + names), method === 0 ? data : inflateRawSync(data));
    at += 46 + names + extra + comment;
  }
  return parts;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The parts as a zip without compression. */
export function zip(parts) {
  const files = [];
  const entries = [];
  let offset = 0;
  for (const [name, data] of parts) {
    const title = Buffer.from(name);
    // Shared by both headers: version, flags, method, time, date, checksum, sizes, length of the name.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([word(LOCAL), shared, title, data]);
    const entry = Buffer.concat([word(CENTRAL), Buffer.from([20, 0]), shared, Buffer.alloc(10), word(offset), title]);
    files.push(local);
    entries.push(entry);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, directory, word(END), end]);
}

function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** The part that holds a sheet, by the sheet's name. */
function sheetPart(parts, sheet) {
  const text = (name) => parts.get(name).toString('utf8');
  const id = new RegExp(`<sheet[^>]*name="${sheet}"[^>]*r:id="([^"]+)"`).exec(text('xl/workbook.xml'))?.[1];
  const target = new RegExp(`<Relationship [^>]*Id="${id}"[^>]*>`).exec(text('xl/_rels/workbook.xml.rels'))?.[0];
  return `xl/${/Target="\/?(?:xl\/)?([^"]+)"/.exec(target ?? '')?.[1]}`;
}

/** The workbook with one cell changed: a number, or a text in the place of one. */
export function withCell(bytes, sheet, cell, value) {
  const parts = unzip(bytes);
  const name = sheetPart(parts, sheet);
  const xml = parts.get(name).toString('utf8');
  const found = new RegExp(`<c r="${cell}"([^>]*?)(?:/>|>.*?</c>)`).exec(xml);
  if (!found) throw new Error(`no cell ${sheet}!${cell}`);
  const style = /\ss="\d+"/.exec(found[1])?.[0] ?? '';
  const made =
    typeof value === 'number'
      ? `<c r="${cell}"${style}><v>${value}</v></c>`
      : `<c r="${cell}"${style} t="inlineStr"><is><t>${value}</t></is></c>`;
  parts.set(name, Buffer.from(xml.replace(found[0], made)));
  return zip(parts);
}

/** The plain numbers of a sheet with their cells, without those that a formula works out. */
export function numbersOf(bytes, sheet) {
  const parts = unzip(bytes);
  const xml = parts.get(sheetPart(parts, sheet)).toString('utf8');
  return [...xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*><v>([^<]+)<\/v><\/c>/g)].map(([, cell, value]) => ({ cell, value: Number(value) }));
}
