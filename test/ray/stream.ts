export type Stream = {
  readonly status: number;
  /** The next line, as it was sent; none after the last. */
  readonly next: () => Promise<string | undefined>;
  /** What is left of it. `isCut` when it broke off without its proper end. */
  readonly rest: () => Promise<{ readonly lines: readonly string[]; readonly isCut: boolean }>;
  readonly leave: () => void;
};

/** The lines of an answer while it is being sent. */
export function linesOf(response: Response, left: AbortController): Stream {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const end = text.indexOf('\n');
      if (end >= 0) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        return line;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  const rest = async () => {
    const lines: string[] = [];
    try {
      for (let line = await next(); line !== undefined; line = await next()) lines.push(line);
      return { lines, isCut: text !== '' };
    } catch {
      return { lines, isCut: true };
    }
  };
  return { status: response.status, next, rest, leave: () => left.abort() };
}
