/** Headers of a record that was taken from the dead letters: for which consumer, and which letter it takes off. */
export const REPLAYED_FOR = 'replayed-for';
export const REPLAYED_LETTER = 'replayed-letter';
