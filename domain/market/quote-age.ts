/** Where a quote stands among those of its instrument. */
export type QuoteAge = { readonly sequence: number; readonly receivedAt: number };

/**
 * Whether `next` is news after `known`. A connector that restarts counts anew, but its clock went on; a clock that was
 * set back makes times smaller, but the count goes on. Only what is behind in both is a repeat or was overtaken.
 */
export const isNewer = (next: QuoteAge, known: QuoteAge | undefined): boolean =>
  known === undefined || next.sequence > known.sequence || next.receivedAt > known.receivedAt;
