import { grouped } from '../../kernel/grouped';
import { divide, MILLION, type Ppm, ppm, subUsd, type Usd } from '../../kernel/money';

/** So many trades have to be closed in the month: nobody leads by one lucky click. */
export const BOARD_TRADES_MIN = 5;

type Place = { readonly phase: number; readonly phases: number; readonly attempt: number };

/** What one assessment of a person did in a month, and how it stood at the end of it, or stands now. */
export type MonthResult = Place & {
  /** The tier by its short name. */
  readonly tier: string;
  readonly status: 'active' | 'passed' | 'failed';
  /** Its payment is disputed or went back. */
  readonly isHeld: boolean;
  readonly startingUsd: Usd;
  /** What its trades and settlements brought, fees paid; unrealized profit is none of it. */
  readonly closedUsd: Usd;
  /** What its open positions had lost, zero or less, when the month began and when it ended or now is. */
  readonly openLossUsd: { readonly before: Usd; readonly after: Usd };
  readonly tradesClosed: number;
};

export type BoardEntry = Place & {
  readonly status: 'active' | 'passed';
  readonly returned: Ppm;
  readonly tradesClosed: number;
  /** How many assessments of this tier the person traded in the month, the failed ones too. */
  readonly attempts: number;
};

/**
 * How the month's results place a person on the board of each tier that was traded: by the best assessment, or not at
 * all. The return is what was closed, less what open positions lost since the month began, as a share of the starting
 * balance, rounded down. Open profit never counts.
 */
export function boardEntries(results: readonly MonthResult[]): ReadonlyMap<string, BoardEntry | undefined> {
  const byTier = grouped(results, ({ tier }) => tier);
  return new Map([...byTier].map(([tier, ofTier]) => [tier, bestOf(ofTier)]));
}

function bestOf(results: readonly MonthResult[]): BoardEntry | undefined {
  const entries = results.flatMap((result) => {
    const { status, isHeld, tradesClosed, phase, phases, attempt } = result;
    const returned = returnOf(result);
    if (status === 'failed' || isHeld || tradesClosed < BOARD_TRADES_MIN || returned <= 0n) return [];
    return [{ status, returned, tradesClosed, phase, phases, attempt, attempts: results.length }];
  });
  return entries.reduce<BoardEntry | undefined>(
    (best, one) => (best && best.returned >= one.returned ? best : one),
    undefined,
  );
}

function returnOf({ closedUsd, openLossUsd, startingUsd }: MonthResult): Ppm {
  const gained = closedUsd + subUsd(openLossUsd.after, openLossUsd.before);
  return ppm(divide(gained * MILLION, startingUsd, 'floor'));
}
