/** What the server says no to, by its own words. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

const LINE_END = '\r\n';
/** The part of a reply that has not arrived yet. */
const UNFINISHED = Symbol('unfinished');

/**
 * Reads RESP2 as it arrives, cut anywhere: texts, integers, nulls and lists of them; an error is a value here. Throws
 * when the bytes are of another protocol. https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export class Replies {
  private rest: Buffer = Buffer.alloc(0);
  private at = 0;

  push(chunk: Buffer): readonly unknown[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    this.at = 0;
    const replies: unknown[] = [];
    for (let read = 0; ; read = this.at) {
      const reply = this.read();
      if (reply !== UNFINISHED) replies.push(reply);
      else {
        this.rest = this.rest.subarray(read);
        return replies;
      }
    }
  }

  private read(): unknown {
    const end = this.rest.indexOf(LINE_END, this.at);
    if (end < 0) return UNFINISHED;
    const kind = String.fromCharCode(this.rest[this.at] ?? 0);
    const line = this.rest.toString('utf8', this.at + 1, end);
    this.at = end + LINE_END.length;
    if (kind === '+') return line;
    if (kind === '-') return new ReplyError(line);
    const number = Number(line);
    if (!Number.isInteger(number)) throw new Error('the server speaks another protocol than Redis');
    if (kind === ':') return number;
    if (kind === '$') return number < 0 ? null : this.readText(number);
    if (kind === '*') return number < 0 ? null : this.readList(number);
    throw new Error('the server speaks another protocol than Redis');
  }

  private readText(length: number): string | typeof UNFINISHED {
    const end = this.at + length;
    if (this.rest.length < end + LINE_END.length) return UNFINISHED;
    const text = this.rest.toString('utf8', this.at, end);
    this.at = end + LINE_END.length;
    return text;
  }

  private readList(length: number): unknown {
    const items: unknown[] = [];
    while (items.length < length) {
      const item = this.read();
      if (item === UNFINISHED) return UNFINISHED;
      items.push(item);
    }
    return items;
  }
}

/** A command as the server reads it: a list of texts. */
export const encodeCommand = (words: readonly (string | number)[]): string =>
  [`*${words.length}`, ...words.map(String).flatMap((word) => [`$${Buffer.byteLength(word)}`, word]), ''].join(
    LINE_END,
  );
