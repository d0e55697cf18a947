import { deflateSync } from 'node:zlib';

/** A page's drawing operators and its size in points. */
export type PdfPage = { readonly content: string; readonly width: number; readonly height: number };

export type PdfInfo = {
  readonly title: string;
  readonly subject: string | null;
  readonly author: string;
  /** ISO 639: screen readers choose the voice by it. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly createdAtMs: number;
};

/** The fonts that page contents may name; every reader has them, in the encoding of Windows-1252. */
const FONTS = { F1: 'Helvetica', F2: 'Helvetica-Bold' } as const;

const CATALOG = 1;
const PAGES = 2;
const INFO = 3;
const FIRST_FONT = 4;

/** Writes a PDF 1.7 file (ISO 32000-1 §7.5): header, objects, cross-reference table, trailer. */
export function pdfFile(pages: readonly PdfPage[], info: PdfInfo): Uint8Array {
  const fonts = Object.entries(FONTS);
  const firstPage = FIRST_FONT + fonts.length;
  const resources = fonts.map(([name], index) => `/${name} ${FIRST_FONT + index} 0 R`).join(' ');
  const objects: Buffer[] = [
    ascii(
      `<< /Type /Catalog /Pages ${PAGES} 0 R /Lang (${info.language}) /ViewerPreferences << /DisplayDocTitle true >> >>`,
    ),
    ascii(
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${firstPage + 2 * n} 0 R`).join(' ')}] >>`,
    ),
    ascii(
      `<< /Title ${text(info.title)}${info.subject === null ? '' : ` /Subject ${text(info.subject)}`} /Author ${text(info.author)} /CreationDate (${pdfDate(info.createdAtMs)}) >>`,
    ),
    ...fonts.map(([, font]) =>
      ascii(`<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`),
    ),
    ...pages.flatMap(({ content, width, height }, n) => [
      ascii(
        `<< /Type /Page /Parent ${PAGES} 0 R /MediaBox [0 0 ${width} ${height}] ` +
          `/Resources << /Font << ${resources} >> >> /Contents ${firstPage + 2 * n + 1} 0 R >>`,
      ),
      stream(content),
    ]),
  ];
  return assembled(objects);
}

function assembled(objects: readonly Buffer[]): Uint8Array {
  const parts: Buffer[] = [ascii('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  let offset = parts[0]?.length ?? 0;
  const offsets = objects.map((body, index) => {
    const at = offset;
    const object = Buffer.concat([ascii(`${index + 1} 0 obj\n`), body, ascii('\nendobj\n')]);
    parts.push(object);
    offset += object.length;
    return at;
  });
  const rows = offsets.map((at) => `${at.toString().padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(ascii(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`));
  parts.push(
    ascii(`trailer\n<< /Size ${size} /Root ${CATALOG} 0 R /Info ${INFO} 0 R >>\nstartxref\n${offset}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

const ascii = (source: string): Buffer => Buffer.from(source, 'latin1');

function stream(content: string): Buffer {
  const packed = deflateSync(ascii(content));
  const head = ascii(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`);
  return Buffer.concat([head, packed, ascii('\nendstream')]);
}

/** A text string outside page contents: UTF-16 with a byte order mark, in hex, holds any character. */
const text = (value: string): string => `<feff${Buffer.from(value, 'utf16le').swap16().toString('hex')}>`;

const pdfDate = (epochMs: number): string => `D:${new Date(epochMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
