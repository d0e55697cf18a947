import type { Span } from '../ports/archive/archive';

/** So short a silence is none: nobody spoke, or the next file has it. */
const QUIET_MS = 10_000;

/** Where within the span nothing is stored, by what is, in its order. */
export function missingSpans(span: Span, covered: readonly Span[]): readonly Span[] {
  const missing: Span[] = [];
  let from = span.from;
  for (const one of [...covered, { from: span.to, to: span.to }]) {
    if (one.from - from > QUIET_MS) missing.push({ from, to: one.from });
    from = Math.max(from, one.to);
  }
  return missing;
}
