import type { Rules } from '../contract';
import { type Path, valueAt } from './draft';

/** What of a draft has a field of its own; everything else is changed in its text. */
export type FormField =
  | TypedField
  | { readonly kind: 'choice'; readonly at: Path; readonly label: string; readonly names: Names }
  /** A fixed amount, or a share of what its rule measures it on. */
  | { readonly kind: 'width'; readonly at: Path; readonly label: string }
  /** A rule that may be left out: `fresh` is what it says first where it was not. */
  | { readonly kind: 'part'; readonly at: Path; readonly label: string; readonly fresh: unknown };

export type TypedField = {
  /** Decimals are text, other numbers are numbers. */
  readonly kind: 'text' | 'number';
  readonly at: Path;
  readonly label: string;
  readonly hint?: string;
  /** Nothing typed is null: there is no such rule. */
  readonly isOptional?: true;
};

type Names = Readonly<Record<string, string>>;

const COUNTS: Readonly<Record<NonNullable<Rules['target']>['counts'], string>> = {
  realized_flat: 'Closed, nothing open',
  realized: 'Closed',
  equity: 'Open profit as well',
};

const MODES: Readonly<Record<Rules['maxLoss']['mode'], string>> = {
  static: 'Does not move',
  trailing_eod: 'Follows each day',
  trailing_closed: 'Follows each fill',
  trailing_intraday: 'Follows every price',
};

type DailyLoss = NonNullable<Rules['dailyLoss']>;

const ANCHORS: Readonly<Record<DailyLoss['anchor'], string>> = {
  initial: 'Starting balance',
  balance: 'Balance at its start',
  equity: 'Equity at its start',
  higher: 'The higher of both',
  peak: 'Its highest equity',
};

const SEVERITIES: Readonly<Record<DailyLoss['severity'], string>> = {
  fail: 'Fails',
  pause: 'Pauses for the day',
  close: 'Closes all for the day',
};

type RiskPerTrade = NonNullable<Rules['riskPerTrade']>;

const RISK: Readonly<Record<RiskPerTrade['severity'], string>> = {
  fail: 'Fails',
  block: 'Is refused',
};

const PRIMARIES: Readonly<Record<Rules['execution']['primary'], string>> = { kraken: 'Kraken', coinbase: 'Coinbase' };

const FRESH: {
  readonly target: NonNullable<Rules['target']>;
  readonly dailyLoss: DailyLoss;
  readonly riskPerTrade: RiskPerTrade;
} = {
  target: { profitUsd: '', counts: 'realized_flat', closesAll: false },
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: '' }, severity: 'fail', gainCapUsd: null },
  riskPerTrade: {
    limitUsd: '',
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'close',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
};

/** What a new width says, until its figure is typed. */
export const FRESH_WIDTHS: { readonly [Kind in Rules['maxLoss']['width']['kind']]: Rules['maxLoss']['width'] } = {
  usd: { kind: 'usd', usd: '' },
  share: { kind: 'share', share: '' },
};

/** The fields of the tier as a whole. */
export const TIER_FIELDS: readonly FormField[] = [
  { kind: 'text', at: ['name'], label: 'Name' },
  { kind: 'text', at: ['priceUsd'], label: 'Price, $' },
  { kind: 'number', at: ['retries'], label: 'Free retries' },
  { kind: 'text', at: ['resetPriceUsd'], label: 'Reset price, $', hint: 'Empty: no reset is sold', isOptional: true },
];

export type FormGroup = { readonly title: string; readonly fields: readonly FormField[] };

/** The fields of a phase, by what they are about, in the order of its words. */
export function phaseGroups(phase: number): readonly FormGroup[] {
  const rule = (...path: Path): Path => ['phases', phase, 'rules', ...path];
  return [
    {
      title: 'The account',
      fields: [
        { kind: 'text', at: ['phases', phase, 'name'], label: 'Name of the phase' },
        { kind: 'text', at: rule('startingUsd'), label: 'Starting balance, $' },
      ],
    },
    {
      title: 'Profit target',
      fields: [
        { kind: 'part', at: rule('target'), label: 'There is a profit target', fresh: FRESH.target },
        { kind: 'text', at: rule('target', 'profitUsd'), label: 'Target, $' },
        { kind: 'choice', at: rule('target', 'counts'), label: 'What counts towards it', names: COUNTS },
      ],
    },
    {
      title: 'Maximum loss',
      fields: [
        { kind: 'width', at: rule('maxLoss', 'width'), label: 'Maximum loss' },
        { kind: 'choice', at: rule('maxLoss', 'mode'), label: 'Its floor', names: MODES },
      ],
    },
    {
      title: 'Daily loss',
      fields: [
        { kind: 'part', at: rule('dailyLoss'), label: 'There is a daily loss', fresh: FRESH.dailyLoss },
        { kind: 'width', at: rule('dailyLoss', 'width'), label: 'Daily loss' },
        { kind: 'choice', at: rule('dailyLoss', 'anchor'), label: 'Counts from', names: ANCHORS },
        { kind: 'choice', at: rule('dailyLoss', 'severity'), label: 'Touched, it', names: SEVERITIES },
      ],
    },
    {
      title: 'Risk per trade',
      fields: [
        { kind: 'part', at: rule('riskPerTrade'), label: 'There is a risk per trade', fresh: FRESH.riskPerTrade },
        { kind: 'text', at: rule('riskPerTrade', 'limitUsd'), label: 'At most, $' },
        { kind: 'choice', at: rule('riskPerTrade', 'severity'), label: 'More than that', names: RISK },
      ],
    },
    {
      title: 'Activity',
      fields: [
        { kind: 'number', at: rule('activity', 'tradesMin'), label: 'Minimum trades' },
        { kind: 'number', at: rule('activity', 'daysMin'), label: 'Minimum trading days' },
        optionalDays(rule('activity', 'timeLimitDays'), 'Time limit, days'),
        optionalDays(rule('activity', 'inactivityDays'), 'Inactivity, days'),
      ],
    },
    {
      title: 'Orders and the day',
      fields: [
        { kind: 'number', at: rule('exposure', 'leverageMax'), label: 'Leverage, times' },
        { kind: 'number', at: rule('execution', 'latencyMs'), label: 'Latency, ms' },
        { kind: 'choice', at: rule('execution', 'primary'), label: 'Coins fill at', names: PRIMARIES },
        { kind: 'text', at: rule('dayZone'), label: 'Time zone', hint: 'Such as Europe/Prague' },
        { kind: 'text', at: rule('dayResetAt'), label: 'Day begins at', hint: 'Such as 17:00' },
      ],
    },
  ];
}

const optionalDays = (at: Path, label: string): TypedField => ({
  kind: 'number',
  at,
  label,
  hint: 'Empty: no limit',
  isOptional: true,
});

/** Those of them for which there is a place: a rule that is left out has no figures. */
export const shownIn = (data: unknown, fields: readonly FormField[]): readonly FormField[] =>
  fields.filter(({ at }) => {
    const around = valueAt(data, at.slice(0, -1));
    return typeof around === 'object' && around !== null;
  });

/** How a value stands in its field; what has no place in one is shown in the text alone. */
export const typedText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * What was typed as it stands in the draft. A number that is still being written, "2.", is kept as it was typed, and the
 * platform says what it has to be.
 */
export function typedValue({ kind, isOptional }: TypedField, text: string): unknown {
  if (isOptional && text === '') return null;
  const number = Number(text);
  return kind === 'number' && String(number) === text ? number : text;
}

/** What stands in the draft once its field is left: "2.50" is a number now. */
export function settledValue(field: TypedField, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  const isNumber = field.kind === 'number' && /^-?\d+(\.\d+)?$/.test(text);
  return isNumber ? Number(text) : typedValue(field, text);
}
