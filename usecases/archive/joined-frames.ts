import type { Frame } from '../ports/archive/archive';

export type WholeFrame = Omit<Frame, 'number' | 'part' | 'parts'>;

/**
 * Frames as they came, those that went in parts made whole again. One of which a part is missing, for the span begins
 * or ends within it, is left out.
 */
export async function* joinedFrames(frames: AsyncIterable<Frame>): AsyncGenerator<WholeFrame> {
  const begun = new Map<string, Frame[]>();
  for await (const frame of frames) {
    const { number: _, part, parts, ...whole } = frame;
    if (parts === 1) {
      yield whole;
      continue;
    }
    const before = part === 0 ? [] : (begun.get(frame.connection) ?? []);
    const all = [...before, frame];
    begun.set(frame.connection, all);
    if (all.length < parts) continue;
    begun.delete(frame.connection);
    yield { ...whole, text: textOf(all) };
  }
}

/** Parts are base64: one may end within a character. */
function textOf(parts: readonly Frame[]): string {
  const binary = parts.map(({ text }) => atob(text)).join('');
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
