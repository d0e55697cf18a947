import { SeededRandom } from './random';

/** How a true market looks: its prices are counted in ticks, its sizes in 10^-`qtyDecimals`. */
type Shape = {
  readonly id: string;
  readonly priceDecimals: number;
  readonly qtyDecimals: number;
  readonly startPrice: number;
  /** Ticks between the levels behind the best one. */
  readonly levelGap: number;
  readonly levels: number;
  /** Smallest and largest size of one level, in units of the instrument. */
  readonly size: readonly [low: number, high: number];
  readonly tradesPerSecond: number;
};

export type SpotListing = Shape & {
  readonly kind: 'spot';
  readonly symbol: string;
  readonly qtyMin: string;
  /** Standard deviation of the return over one second, in usual times. */
  readonly volatility: number;
  /** A coin that is kept at a price goes back to it, and moves with no other. */
  readonly isPegged: boolean;
};

/** What a question about a coin answers to that coin: the odds move by `times` its return. */
export type Follows = { readonly id: string; readonly times: number };

export type OutcomeListing = Shape & {
  readonly kind: 'outcome';
  readonly slug: string;
  readonly question: string;
  readonly marketId: string;
  readonly eventId: string;
  readonly category: string;
  readonly conditionId: string;
  readonly yesToken: string;
  readonly noToken: string;
  readonly feeRate: string;
  readonly liquidity: number;
  /** Standard deviation of the change of the log odds over one second, beside that of what it follows. */
  readonly volatility: number;
  readonly follows: Follows | undefined;
};

export type Listing = SpotListing | OutcomeListing;

const YEAR_ROOT_SECONDS = Math.sqrt(365 * 86_400);

const spot = (
  symbol: string,
  startPrice: number,
  priceDecimals: number,
  more: Pick<SpotListing, 'levelGap' | 'size' | 'qtyMin' | 'tradesPerSecond'> & {
    readonly yearly: number;
    readonly isPegged?: boolean;
  },
): SpotListing => ({
  kind: 'spot',
  id: symbol.replace('/', '-'),
  symbol,
  startPrice,
  priceDecimals,
  qtyDecimals: 8,
  levels: 40,
  levelGap: more.levelGap,
  size: more.size,
  qtyMin: more.qtyMin,
  tradesPerSecond: more.tradesPerSecond,
  volatility: more.yearly / YEAR_ROOT_SECONDS,
  isPegged: more.isPegged ?? false,
});

export const SPOTS: readonly SpotListing[] = [
  spot('BTC/USD', 91_000, 1, {
    levelGap: 15,
    size: [0.2, 2.5],
    qtyMin: '0.00005',
    yearly: 0.55,
    tradesPerSecond: 2,
  }),
  spot('ETH/USD', 3_050, 2, {
    levelGap: 8,
    size: [4, 60],
    qtyMin: '0.001',
    yearly: 0.75,
    tradesPerSecond: 1.5,
  }),
  spot('SOL/USD', 148, 2, {
    levelGap: 1,
    size: [60, 900],
    qtyMin: '0.02',
    yearly: 0.95,
    tradesPerSecond: 1,
  }),
];

/** What Binance quotes in: Kraken and Coinbase list what it is worth in dollars. */
export const TETHER: SpotListing = spot('USDT/USD', 1, 5, {
  levelGap: 1,
  size: [20_000, 400_000],
  qtyMin: '5',
  yearly: 0.0065,
  tradesPerSecond: 0.5,
  isPegged: true,
});

/**
 * Near its price an option on a year's end in some weeks moves by so many times the coin's return: φ(z) ÷ (p(1 − p)σ√T)
 * with p = 0.36, σ = 0.55 a year and 30 days.
 */
const BITCOIN: Follows = { id: 'BTC-USD', times: 10 };

const QUESTIONS = [
  [
    'btc-above-100k-at-year-end',
    'Will Bitcoin be above $100,000 at the end of the year?',
    0.36,
    '0.07',
    900_000,
    'Crypto',
    BITCOIN,
  ],
  [
    'fed-cuts-rates-in-december',
    'Will the Fed cut interest rates in December?',
    0.62,
    '0.05',
    1_400_000,
    'Economics',
    undefined,
  ],
  [
    'rain-in-london-on-new-years-day',
    'Will it rain in London on New Year’s Day?',
    0.51,
    '0.04',
    250_000,
    'Weather',
    undefined,
  ],
] as const;

/** Three markets; the ids that Polymarket would give them are drawn from a seed of their own and never change. */
export const OUTCOMES: readonly OutcomeListing[] = QUESTIONS.map(
  ([slug, question, startPrice, feeRate, liquidity, category, follows], at) => {
    const random = new SeededRandom(7_000 + at);
    return {
      kind: 'outcome',
      id: slug,
      slug,
      question,
      startPrice,
      feeRate,
      liquidity,
      priceDecimals: 2,
      qtyDecimals: 2,
      levelGap: 1,
      levels: 30,
      size: [300, 6_000],
      volatility: 0.0006,
      follows,
      tradesPerSecond: 0.2,
      category,
      eventId: `${30_000 + at}`,
      marketId: `${510_000 + at}`,
      conditionId: `0x${random.hex(64)}`,
      yesToken: random.digits(77),
      noToken: random.digits(77),
    };
  },
);
