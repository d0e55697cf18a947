import { inflateSync } from 'node:zlib';

export type ReadPdf = {
  /** Where the cross-reference table says each object begins, and what stands there. */
  readonly objects: readonly string[];
  /** The words of each page, in the order in which they are drawn. */
  readonly pages: readonly (readonly string[])[];
};

const latin = new TextDecoder('windows-1252');

/** Reads a file the way a viewer does: from its end, by the cross-reference table. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes);
  const text = file.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const [, count] = /^xref\n0 (\d+)\n/.exec(text.slice(start)) ?? [];
  const rows = text
    .slice(start)
    .split('\n')
    .slice(3, 2 + Number(count));
  const offsets = rows.map((row) => Number(row.slice(0, 10)));
  const objects = offsets.map((at) => text.slice(at, text.indexOf('\nendobj', at)));
  const pages = objects
    .map((object, n) => ({ object, at: offsets[n] ?? 0 }))
    .filter(({ object }) => object.includes('/FlateDecode'))
    .map(({ object, at }) => wordsOf(streamOf(file, object, at)));
  return { objects, pages };
}

function streamOf(file: Buffer, object: string, at: number): string {
  const length = Number(/\/Length (\d+)/.exec(object)?.[1]);
  const from = at + object.indexOf('stream\n') + 'stream\n'.length;
  return inflateSync(file.subarray(from, from + length)).toString('latin1');
}

const wordsOf = (content: string): readonly string[] =>
  [...content.matchAll(/<([0-9a-f]*)> Tj/g)].map(([, hex]) => latin.decode(Buffer.from(hex ?? '', 'hex')));
