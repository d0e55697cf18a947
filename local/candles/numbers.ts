import { CandleFault } from './fault';

/** How a file writes its numbers: which mark comes before the decimals, and which stands between thousands. */
export type NumberStyle = { readonly decimal: '.' | ','; readonly group: '.' | ',' | '' };

/** A minute that nobody traded in has a row without prices in some files. */
export const isEmpty = (cell: string): boolean => /^(nan|null|none|n\/a|-)?$/i.test(cell);

const THOUSANDS = /^\d{1,3}(,\d{3})+$/;

/** Decided by all prices together. What can be read in two ways is refused. */
export function numberStyle(cells: Iterable<string>): NumberStyle {
  let [comma, dot, decimalComma]: (string | undefined)[] = [];
  for (const cell of cells) {
    const [atComma, atDot] = [cell.lastIndexOf(','), cell.lastIndexOf('.')];
    if (atComma >= 0 && atDot >= 0) {
      return atComma > atDot ? { decimal: ',', group: '.' } : { decimal: '.', group: ',' };
    }
    if (atComma >= 0) {
      comma ??= cell;
      if (!THOUSANDS.test(cell)) decimalComma ??= cell;
    }
    if (atDot >= 0) dot ??= cell;
  }
  if (comma === undefined) return { decimal: '.', group: '' };
  if (dot !== undefined) throw new CandleFault('prices', `"${comma}" and "${dot}" write their decimals differently`);
  if (decimalComma !== undefined) return { decimal: ',', group: '' };
  throw new CandleFault('prices', `"${comma}" may be a thousand times as much as it seems: write decimals with a dot`);
}

/** NaN for what is no number in this style. */
export function readNumber(cell: string, { decimal, group }: NumberStyle): number {
  if (group !== '' && cell.includes(group) && !GROUPED[group].test(cell)) return Number.NaN;
  const plain = (group === '' ? cell : cell.replaceAll(group, '')).replace(decimal, '.');
  return /^\+?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

const GROUPED = { ',': /^\d{1,3}(,\d{3})+(\.\d*)?$/, '.': /^\d{1,3}(\.\d{3})+(,\d*)?$/ } as const;
