/** A matrix by rows. */
type Matrix = readonly (readonly number[])[];

/** How the returns of BTC, ETH and SOL go together, about as their daily returns did in recent years. */
export const CORRELATIONS: Matrix = [
  [1, 0.82, 0.74],
  [0.82, 1, 0.78],
  [0.74, 0.78, 1],
];

/** The lower triangle L with L·Lᵀ = `matrix` (Cholesky and Banachiewicz). Throws where there is none. */
export function choleskyOf(matrix: Matrix): Matrix {
  const lower = matrix.map((row) => row.map(() => 0));
  const at = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (const [row, values] of matrix.entries()) {
    for (let column = 0; column <= row; column++) {
      let rest = values[column] ?? 0;
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      if (row === column && !(rest > 0)) throw new Error('invariant: these correlations cannot all hold at once');
      (lower[row] as number[])[column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  return lower;
}

/** Independent numbers made to go together. */
export const mixed = (lower: Matrix, independent: readonly number[]): readonly number[] =>
  lower.map((row) => row.reduce((sum, weight, at) => sum + weight * (independent[at] ?? 0), 0));
