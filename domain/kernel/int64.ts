/** The largest whole number of a database's eight bytes. */
const INT64_MAX = 2n ** 63n - 1n;

export const fitsInt64 = (value: bigint): boolean => value <= INT64_MAX && value >= -INT64_MAX - 1n;
