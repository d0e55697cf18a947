import type { RoundTrip } from '../../domain/account/positions/round-trip';
import { absolute } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { type Block, type Cell, cell, left, right, type Tone } from './block';
import { CLOSED_FOR } from './closed-for';
import { dollars, exactDollars, gain, localTime, priceText, qtyText } from './figures';

export const toneOf = (amount: bigint): Tone => (amount > 0n ? 'good' : amount < 0n ? 'bad' : 'plain');

/** What was open when the verdict fell, at the prices that it was judged at. */
export function positionTable({ openPositions }: ReportContent): readonly Block[] {
  if (openPositions.length === 0) return [];
  const columns = [left('Open position'), right('Quantity'), right('Cost'), right('Judged at'), right('Unrealized')];
  const rows = openPositions.map(({ position, exitPrice, unrealizedUsd }): readonly Cell[] => [
    cell(position.instrument),
    cell(qtyText(position.qty)),
    cell(exactDollars(position.costUsd)),
    cell(priceText(exitPrice)),
    cell(exactDollars(unrealizedUsd), toneOf(unrealizedUsd)),
  ]);
  return [{ kind: 'table', columns, rows }];
}

export function dayTable({ days, snapshot }: ReportContent): readonly Block[] {
  const { dayResetAt, dayZone } = snapshot.rules;
  const columns = [left('Day'), right('Began with'), right('Result'), right('Fees'), right('Orders'), right('Trades')];
  const rows = days.map((day): readonly Cell[] => [
    cell(day.day),
    cell(dollars(day.anchorUsd)),
    cell(gain(day.resultUsd), toneOf(day.resultUsd)),
    cell(dollars(day.feesUsd)),
    cell(String(day.fills)),
    cell(String(day.trades)),
  ]);
  return [
    { kind: 'section', text: 'Day by day' },
    {
      kind: 'paragraph',
      text:
        rows.length === 0
          ? 'Nothing was traded.'
          : `Days on which something was traded; a day begins at ${dayResetAt} in ${dayZone}. Results are realized, net of fees.`,
    },
    ...(rows.length === 0 ? [] : [{ kind: 'table', columns, rows } as const]),
  ];
}

/** The statistics count every trade; the table lists so many that it can still be read. */
const TRADES_LISTED_MAX = 1_000;

export function tripTables({ trips, snapshot }: ReportContent): readonly Block[] {
  if (trips.length === 0) return [];
  const zone = snapshot.rules.dayZone;
  const listed = trips.slice(-TRADES_LISTED_MAX);
  const columns = [
    left('Opened'),
    left('Closed'),
    left('Instrument'),
    left('Side'),
    right('Quantity'),
    right('Entry'),
    right('Exit'),
    right('Fees'),
    right('Net'),
  ];
  const note =
    listed.length === trips.length
      ? 'A trade is a position from flat to flat, or through it. Entry and exit are averages.'
      : `The latest ${listed.length} of ${trips.length} trades. Entry and exit are averages.`;
  return [
    { kind: 'section', text: 'Trades' },
    { kind: 'paragraph', text: note },
    { kind: 'table', columns, rows: listed.map((trip) => tripRow(trip, zone)) },
    ...listed.flatMap((trip) => closingNote(trip, zone)),
  ];
}

/** What the trader did not close is said with its reason, but what simply was open at the end. */
const closingNote = (
  { closedFor, closedAt, instrument, netUsd, feesUsd }: RoundTrip,
  zone: string,
): readonly Block[] =>
  closedFor === undefined || closedFor === 'assessment_ended'
    ? []
    : [
        {
          kind: 'paragraph',
          text:
            `${instrument} was closed by the platform at ${localTime(closedAt, zone)}: ${CLOSED_FOR[closedFor]}. ` +
            `The trade made ${gain(netUsd)}, its fees of ${dollars(feesUsd)} included.`,
        },
      ];

const tripRow = (trip: RoundTrip, zone: string): readonly Cell[] => [
  cell(localTime(trip.openedAt, zone)),
  cell(localTime(trip.closedAt, zone)),
  cell(trip.instrument),
  cell(trip.direction === 'long' ? 'Long' : 'Short'),
  cell(qtyText(absolute(trip.qty))),
  cell(priceText(trip.entryPrice)),
  cell(priceText(trip.exitPrice)),
  cell(dollars(trip.feesUsd)),
  cell(gain(trip.netUsd), toneOf(trip.netUsd)),
];
