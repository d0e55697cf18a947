/** Four words of 32 bits, without a sign. */
export type Words = readonly [number, number, number, number];

const [M0, M1] = [0xd2511f53, 0xcd9e8d57] as const;
const [W0, W1] = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;
const WORD_BITS = 32n;

/**
 * Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3" (2011). A block follows
 * from its counter and the key alone: whoever draws it, in whatever order, finds the same words.
 */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [high0, high1] = [highProduct(M0, c0), highProduct(M1, c2)];
    const [low0, low1] = [Math.imul(M0, c0), Math.imul(M1, c2)];
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ k1) >>> 0, low0 >>> 0];
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper word of a product: its halves are multiplied apart, for 64 bits do not fit into a number. */
function highProduct(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) >>> 0;
}

/** A seed of 64 bits as a key, its lower word first. */
export const keyOf = (seed: bigint): readonly [number, number] => {
  const words = new Uint32Array(new BigUint64Array([BigInt.asUintN(64, seed)]).buffer);
  return [words[0] as number, words[1] as number];
};

/** A whole number below 2^32 as a number; of a larger one its lower word. */
export const lowWord = (value: bigint): number => keyOf(value)[0];

/** `word` parts of 2^32 of an amount, rounded down. */
export const scaledBy = (word: number, amount: bigint): bigint => (BigInt(word) * amount) >> WORD_BITS;
