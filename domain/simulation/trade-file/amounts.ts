import { MILLION, parseUsd, type Usd, usd } from '../../kernel/money';
import { AMOUNT_CENTS_MAX } from '../strategy-fault';
import { CENT } from '../unsupported';

/** Which character stands before the decimals. */
export type DecimalMark = '.' | ',';

const NUMBER_RULE = 'must be a number of dollars such as -12.50';
const AMBIGUOUS_RULE = 'must not be a number that could be read with and without decimals, such as 1,234';
const TOO_LARGE_RULE = `must be at most ${AMOUNT_CENTS_MAX / 100n} dollars`;

/** Thousands are grouped by blanks, also by those that do not break a line, or apostrophes. A minus may be U+2212. */
const shapeOf = (grouping: string, mark: string): RegExp =>
  new RegExp(`^([-+\u2212]?)(\\d{1,3}(?:[ \u00a0\u202f'${grouping}]\\d{3})+|\\d+)(?:${mark}(\\d+))?$`);

const SHAPES = { '.': shapeOf(',', '\\.'), ',': shapeOf('.', ',') } as const;
const WHOLE_DIGITS_MAX = 12;
const DECIMALS = 6;

/**
 * The mark that a file writes its decimals after, by the first number that can be read in one way only; undefined where
 * each could be read in both.
 */
export function decimalMarkOf(texts: Iterable<string>): DecimalMark | undefined {
  for (const text of texts) {
    const [dot, comma] = [SHAPES['.'].test(text), SHAPES[','].test(text)];
    if (dot !== comma) return dot ? '.' : ',';
  }
  return undefined;
}

/**
 * An amount as it stands in an export, rounded down to a millionth; otherwise the rule that the text breaks. Nothing in
 * it is passed over: a character that nobody sees may stand where a digit or a mark was.
 */
export function amountIn(text: string, mark: DecimalMark | undefined): Usd | string {
  // A dot before three digits marks decimals unless the file says otherwise; a comma may be either.
  const parts = SHAPES[mark ?? '.'].exec(text);
  if (!parts) return NUMBER_RULE;
  if (mark === undefined && text.includes(',')) return AMBIGUOUS_RULE;
  const [, sign, whole = '', decimals = ''] = parts;
  const digits = whole.replace(/\D/g, '');
  if (digits.length > WHOLE_DIGITS_MAX) return TOO_LARGE_RULE;
  const isNegative = sign === '-' || sign === '\u2212';
  const exact = BigInt(digits) * MILLION + BigInt(decimals.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
  const isCut = /[1-9]/.test(decimals.slice(DECIMALS));
  return withinReach(usd(isNegative ? -exact - (isCut ? 1n : 0n) : exact));
}

/** A plain decimal of dollars. */
export function plainAmountIn(text: string): Usd | string {
  const amount = parseUsd(text);
  return amount === undefined ? NUMBER_RULE : withinReach(amount);
}

const withinReach = (amount: Usd): Usd | string => {
  const most = AMOUNT_CENTS_MAX * CENT;
  return amount <= most && amount >= -most ? amount : TOO_LARGE_RULE;
};
