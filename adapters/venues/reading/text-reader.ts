const [QUOTE, BACKSLASH, SPACE, POINT, ZERO, NINE] = [34, 92, 32, 46, 48, 57] as const;
/** The characters that hold JSON together. */
export const SIGN = { begin: 123, end: 125, open: 91, close: 93, comma: 44 } as const;
/** A whole number of so many digits is exact. */
const WHOLE_DIGITS_MAX = 15;

/**
 * Reads a text of one known form from left to right. Whatever is not exactly as expected ends the reading: JSON may be
 * written in other ways, and is then read by somebody who knows them all.
 */
export class TextReader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Whether these very characters come next; they are passed then. */
  passes(characters: string): boolean {
    if (!this.text.startsWith(characters, this.at)) return false;
    this.at += characters.length;
    return true;
  }

  /** Whether this one character comes next; it is passed then. */
  takes(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  /** The rest of a text that has begun, up to its quotation mark; undefined where it is not written plainly. */
  word(): string | undefined {
    const from = this.at;
    return this.passesWord() ? this.text.slice(from, this.at - 1) : undefined;
  }

  passesWord(): boolean {
    const { text } = this;
    for (let at = this.at; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (code === BACKSLASH || code < SPACE) return false;
    }
    return false;
  }

  /** A number without a sign and an exponent, as it is written. Whether it is a decimal is not asked. */
  digits(): string | undefined {
    const { text, at: from } = this;
    let at = from;
    while (at < text.length && isDigit(text.charCodeAt(at), at > from)) at += 1;
    this.at = at;
    return at > from ? text.slice(from, at) : undefined;
  }

  /** A whole number of JSON. */
  whole(): number | undefined {
    const { text, at: from } = this;
    let [at, value] = [from, 0];
    for (; at < text.length && isDigit(text.charCodeAt(at), false); at++)
      value = value * 10 + text.charCodeAt(at) - ZERO;
    this.at = at;
    const isPlain = at > from && at - from <= WHOLE_DIGITS_MAX && (at === from + 1 || text.charCodeAt(from) !== ZERO);
    return isPlain ? value : undefined;
  }

  /** A list of what `read` reads; undefined where one of them is not as expected. */
  list<T>(read: (reader: TextReader) => T | undefined): T[] | undefined {
    if (!this.takes(SIGN.open)) return undefined;
    const items: T[] = [];
    if (this.takes(SIGN.close)) return items;
    do {
      const item = read(this);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.takes(SIGN.comma));
    return this.takes(SIGN.close) ? items : undefined;
  }

  isAtEnd = (): boolean => this.at === this.text.length;
}

const isDigit = (code: number, isPointToo: boolean): boolean =>
  (code >= ZERO && code <= NINE) || (isPointToo && code === POINT);

/** A text, with its quotation marks. */
export const textIn = (reader: TextReader): string | undefined => (reader.takes(QUOTE) ? reader.word() : undefined);

/** A text that nobody asks for. */
export const anyTextIn = (reader: TextReader): true | undefined =>
  (reader.takes(QUOTE) && reader.passesWord()) || undefined;

export const wholeIn = (reader: TextReader): number | undefined => reader.whole();

export const flagIn = (reader: TextReader): boolean | undefined =>
  reader.passes('false') ? false : reader.passes('true') ? true : undefined;
