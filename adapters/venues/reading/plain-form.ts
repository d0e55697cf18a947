import { SIGN, type TextReader } from './text-reader';

/** Reads one value; undefined where it is not plainly written. */
export type Read = (reader: TextReader) => unknown;

/**
 * An object of JSON with these fields and no others, each at most once and in any order. Venues write theirs in one
 * order again and again, so the field that followed last time is looked for first.
 */
export class PlainForm {
  private readonly keys: readonly string[];
  private readonly reads: readonly Read[];
  /** By the place of a field: which one came after it last; the last of all is which one came first. */
  private readonly next: number[];

  constructor(fields: Readonly<Record<string, Read>>) {
    this.keys = Object.keys(fields).map((name) => `"${name}":`);
    this.reads = Object.values(fields);
    this.next = [...this.keys.map((_, place) => place + 1), 0];
  }

  /** The values in the order of the fields, undefined of those that are absent; nothing where it is of another form. */
  read(reader: TextReader): readonly unknown[] | undefined {
    if (!reader.takes(SIGN.begin)) return undefined;
    const values: unknown[] = [];
    for (let place = 0; place < this.keys.length; place++) values.push(undefined);
    let before = this.keys.length;
    do {
      const place = this.placeOf(reader, before);
      const value = place < 0 || values[place] !== undefined ? undefined : this.reads[place]?.(reader);
      if (value === undefined) return undefined;
      values[place] = value;
      before = place;
    } while (reader.takes(SIGN.comma));
    return reader.takes(SIGN.end) ? values : undefined;
  }

  /** Which field comes next. */
  private placeOf(reader: TextReader, before: number): number {
    const { keys, next } = this;
    const expected = next[before] as number;
    if (expected < keys.length && reader.passes(keys[expected] as string)) return expected;
    for (let place = 0; place < keys.length; place++) {
      if (!reader.passes(keys[place] as string)) continue;
      next[before] = place;
      return place;
    }
    return -1;
  }
}
