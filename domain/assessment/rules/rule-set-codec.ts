import { COUNT, type Codec, FLAG, list, nullable, PPM, record, text, USD, variant } from '../../kernel/codec';
import type {
  Activity,
  Conduct,
  Consistency,
  DailyLoss,
  Exposure,
  Leverage,
  MaxLoss,
  OpenLoss,
  RiskPerTrade,
  RuleSet,
  Target,
  Width,
} from './rule-set';

type WidthOf<Kind> = Extract<Width, { readonly kind: Kind }>;

const WIDTH = variant<'kind', Width>('kind', {
  usd: record<WidthOf<'usd'>>({ kind: text(), usd: USD }),
  share: record<WidthOf<'share'>>({ kind: text(), share: PPM }),
});

const TARGET = record<Target>({ profitUsd: USD, counts: text(), closesAll: FLAG });

const MAX_LOSS = record<MaxLoss>({
  mode: text(),
  width: WIDTH,
  trails: text(),
  testedOn: text(),
  lockUsd: nullable(USD),
  payoutEffect: text(),
});

const DAILY_LOSS = record<DailyLoss>({ anchor: text(), width: WIDTH, severity: text(), gainCapUsd: nullable(USD) });

const RISK_PER_TRADE = record<RiskPerTrade>({
  limitUsd: USD,
  severity: text(),
  stopWithinMs: nullable(COUNT),
  stopSeverity: text(),
  stopCorrection: nullable(record({ count: COUNT, withinMs: COUNT })),
});

const OPEN_LOSS = record<OpenLoss>({ share: PPM, severity: text() });

const EXPOSURE = record<Exposure>({
  leverageMax: COUNT,
  positionsMax: nullable(COUNT),
  positionUsdMax: nullable(USD),
  eventUsdMax: nullable(USD),
  categoryUsdMax: nullable(USD),
  netsOutcomes: FLAG,
  allowsBothOutcomes: FLAG,
  outcomePriceMin: PPM,
  outcomePriceMax: PPM,
  liquidityUsdMin: nullable(USD),
  leverageOf: list(record<Leverage>({ instrument: text(), leverageMax: COUNT })),
});

const ACTIVITY = record<Activity>({
  tradesMin: COUNT,
  tradeHeldMsMin: COUNT,
  daysMin: COUNT,
  dayCountsIf: text(),
  dayGainUsd: USD,
  inactivityDays: nullable(COUNT),
  timeLimitDays: nullable(COUNT),
  daySizeShareMin: PPM,
  shortWins: text(),
});

const CONDUCT = record<Conduct>({
  weekend: text(),
  news: nullable(record({ beforeMs: COUNT, afterMs: COUNT })),
  hedgeSignalAfterMs: nullable(COUNT),
  reverseSignalWithinMs: nullable(COUNT),
  copySignal: nullable(record({ withinMs: COUNT, times: COUNT })),
});

export const RULE_SET: Codec<RuleSet> = record<RuleSet>({
  startingUsd: USD,
  target: nullable(TARGET),
  maxLoss: MAX_LOSS,
  dailyLoss: nullable(DAILY_LOSS),
  riskPerTrade: nullable(RISK_PER_TRADE),
  openLoss: nullable(OPEN_LOSS),
  exposure: EXPOSURE,
  activity: ACTIVITY,
  consistency: nullable(record<Consistency>({ shareMax: PPM, of: text(), per: text(), severity: text() })),
  conduct: CONDUCT,
  execution: record({ restingFills: text() }),
  touch: text(),
  dayZone: text(),
  dayResetAt: text(),
});
