import type { BookSource } from '../../usecases/ports/market-data/market-data';

/** A source whose books are known to hold at once: whatever is known of a venue is taken for its present. */
export const heldAtOnce = (current: BookSource['current']): BookSource => ({
  current,
  confirmed: async (ids, { of, primary }) => {
    const books = await current([...new Set([...ids, ...of])], primary);
    return { books, held: new Set(of.filter((id) => books.get(id)?.quality === 'good')) };
  },
});
