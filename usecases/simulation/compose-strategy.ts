import { MILLION, type Ppm, ppm, type Usd } from '../../domain/kernel/money';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Strategy } from '../../domain/simulation/strategy';
import { CENT } from '../../domain/simulation/unsupported';

/** As somebody names it: trades won at a rate. */
export type NamedOdds = {
  readonly winRate: Ppm;
  readonly riskUsd: Usd;
  readonly payoff: Ppm;
  readonly tradesPerDay: number;
  readonly heldMinutes: number;
  readonly restsOnWeekends: boolean;
};

const MINUTE_MS = 60_000;
/** How far a trade goes against its result first: what a price does that moves evenly both ways, about. */
const AGAINST: Ppm = ppm(750_000n);

/** A day holds its trades one after another: one that is held for too long is refused later, by the domain. */
export function oddsStrategy(named: NamedOdds): Result<Strategy, 'strategy_invalid'> {
  const { winRate, riskUsd, payoff, tradesPerDay, heldMinutes, restsOnWeekends } = named;
  if (riskUsd % CENT !== 0n) return refuse('strategy_invalid', 'riskUsd', 'must be whole cents');
  return accept({
    trades: {
      kind: 'odds',
      winRate,
      riskCents: riskUsd / CENT,
      payoff: { kind: 'multiple', times: payoff },
      adverse: AGAINST,
      favourable: AGAINST,
    },
    tradesPerDay,
    heldMs: heldMinutes * MINUTE_MS,
    size: ppm(MILLION),
    restsOnWeekends,
  });
}
