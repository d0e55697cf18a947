import type { Ppm, Usd } from '../../kernel/money';
import type { Chance, Chances } from './chance';
import type { Finding } from './finding';

/** Ends of paths, by the rules that are simulated. */
export type EndRule = 'daily_loss' | 'max_drawdown' | 'risk_per_trade' | 'inactivity' | 'time_limit' | 'consistency';

type ScenarioName = 'half_size' | 'double_size' | 'volatile' | 'less_won' | 'clustered' | 'worst_day';

/** What a study is answered with: `contracts/study.ts` says what each field is. */
export type StudyOdds = Chances & {
  readonly version: number;
  readonly seed: bigint;
  readonly paths: number;
  readonly days: number;
  readonly startingUsd: Usd;
  readonly beganUsd: Usd;
  readonly targetUsd: Usd | null;
  readonly drawnFrom: number | null;
  readonly ends: readonly {
    readonly outcome: 'passed' | 'failed' | 'open';
    readonly rule: EndRule | null;
    readonly day: number;
    readonly paths: number;
  }[];
  readonly expectedDays: Ppm | null;
  readonly valueAtRiskUsd: Usd;
  readonly conditionalValueAtRiskUsd: Usd;
  readonly ruin: Chance;
  readonly fan: readonly FanDay[];
  readonly drawdowns: readonly { readonly upToUsd: Usd; readonly paths: number }[];
  readonly underWaterDays: readonly { readonly days: number; readonly paths: number }[];
  readonly sizes: readonly SizeChance[];
  readonly safeSize: Ppm | null;
  readonly scenarios: readonly Scenario[];
  readonly validation: Validated | null;
  readonly firm: FirmOdds | null;
};

export type FanDay = { readonly p5: Usd; readonly p25: Usd; readonly p50: Usd; readonly p75: Usd; readonly p95: Usd };
export type SizeChance = Chances & { readonly size: Ppm; readonly medianUsd: Usd };
export type Scenario = Chances & { readonly name: ScenarioName; readonly medianUsd: Usd };

export type Validated = {
  readonly trades: number;
  readonly trials: number;
  readonly meanBlock: number;
  readonly pValue: Ppm;
  readonly meanUsd: Usd;
  readonly meanLowUsd: Usd;
  readonly meanHighUsd: Usd;
  readonly finalLowUsd: Usd;
  readonly finalMedianUsd: Usd;
  readonly finalHighUsd: Usd;
  readonly drawdownMedianUsd: Usd;
  readonly drawdownHighUsd: Usd;
  readonly sharpe: Ppm;
  readonly deflatedSharpe: Ppm;
  readonly finding: Finding;
};

export type FirmOdds = {
  readonly passed: Chance;
  readonly strategies: readonly (Chances & { readonly weight: Ppm })[];
  readonly liabilityUsd: Usd;
  readonly marginUsd: Usd;
  readonly breakEvenUsd: Usd;
};
