/** What came is no answer of ours: not JSON, or a line without an end. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/** Nothing came for so long that nothing will. */
export class SilentAnswer extends Error {
  override readonly name = 'SilentAnswer';
}

type Bounds = { readonly lineBytesMax: number; readonly silenceMs: number };

/** `isWhole`: it ended as a line does; what stands last without an end may have been cut off. */
type Line = { readonly text: string; readonly isWhole: boolean };

/** The lines of a body, one by one. Throws where one is longer than may be, and where nothing comes for too long. */
export async function* linesOf(
  body: ReadableStream<Uint8Array>,
  { lineBytesMax, silenceMs }: Bounds,
): AsyncGenerator<Line> {
  const reader = body.getReader();
  let parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silenceMs);
      if (done) {
        if (size > 0) yield { text: textOf(parts), isWhole: false };
        return;
      }
      let rest = value;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        if (size + end > lineBytesMax) throw tooLong(lineBytesMax);
        yield { text: textOf([...parts, rest.subarray(0, end)]), isWhole: true };
        [parts, size, rest] = [[], 0, rest.subarray(end + 1)];
      }
      if (rest.length === 0) continue;
      parts.push(rest);
      size += rest.length;
      if (size > lineBytesMax) throw tooLong(lineBytesMax);
    }
  } finally {
    // Whoever stops listening ends the work on the other side.
    await reader.cancel().catch(() => undefined);
  }
}

const NEWLINE = 10;

const tooLong = (bytes: number) => new UnreadableAnswer(`a line must have at most ${bytes} bytes`);

const textOf = (parts: readonly Uint8Array[]): string => Buffer.concat(parts).toString('utf8');

async function withinSilence<T>(read: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilentAnswer(`nothing came within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([read, silent]);
  } finally {
    clearTimeout(timer);
  }
}

/** A line that was cut off is not. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
