import { COUNT, INSTANT, nullable, optional, record, text, USD } from '../../kernel/codec';
import type { AccountEvent, AmendedFor, CapitalGrown, DayOpened, HighWaterRaised, PayoutTaken } from '../account-event';
import { type Order, type OrderTicket, workingOrder } from '../orders/order';
import { fundingEntries, payoutEntries } from '../positions/ledger';
import { ORDER, TICKET } from './account-codec';
import { FILLED, orderFilledIn } from './filled-codec';
import { PERIODS, positionSettledIn, SETTLED } from './settled-codec';

/**
 * Reads the data of an event of an account's stream as it stands on the wire: decimals as text, instants as epoch
 * milliseconds (`contracts/topics/events.ts`). Undefined for an event that leaves the account as it is: its creation,
 * a verdict, a report. Throws where the data is not what the type promises.
 */
export function accountEventIn(type: string, data: unknown): AccountEvent | undefined {
  switch (type) {
    case 'assessment.day-opened':
      return { kind: 'day_opened', ...DAY_OPENED.decode(data) };
    case 'assessment.high-water-raised':
      return { kind: 'high_water_raised', ...HIGH_WATER_RAISED.decode(data) };
    case 'assessment.payout-taken':
      return payoutTaken(PAYOUT_TAKEN.decode(data));
    case 'assessment.capital-grown':
      return capitalGrown(CAPITAL_GROWN.decode(data));
    case 'assessment.held':
      return { kind: 'account_held', ...HELD.decode(data) };
    case 'assessment.released':
      return { kind: 'account_released', ...RELEASED.decode(data) };
    case 'trading.order-placed':
      return { kind: 'order_placed', order: placedOrder(PLACED.decode(data)) };
    case 'trading.order-amended':
      return orderAmended(AMENDED.decode(data));
    case 'trading.order-advanced':
      return { kind: 'order_advanced', ...CHANGED.decode(data) };
    case 'trading.order-triggered':
      return { kind: 'order_triggered', ...CHANGED.decode(data) };
    case 'trading.order-cancelled':
      return { kind: 'order_cancelled', ...CHANGED.decode(data) };
    case 'trading.order-filled':
      return orderFilledIn(FILLED.decode(data));
    case 'trading.position-settled':
      return positionSettledIn(SETTLED.decode(data));
    case 'rules.trading-paused':
      return { kind: 'trading_paused', ...PAUSED.decode(data) };
    case 'rules.stop-corrected':
      return { kind: 'stop_corrected', ...STOP_CORRECTED.decode(data) };
    case 'rules.limit-warned':
      return { kind: 'limit_warned', ...WARNED.decode(data) };
    case 'rules.limit-touched':
      return { kind: 'limit_touched', ...TOUCHED.decode(data) };
    case 'rules.limit-recovered':
      return { kind: 'limit_recovered', ...RECOVERED.decode(data) };
    default:
      return undefined;
  }
}

type DataOf<Kind extends AccountEvent['kind']> = Omit<Extract<AccountEvent, { readonly kind: Kind }>, 'kind'>;

const DAY_OPENED = record<Omit<DayOpened, 'kind'>>({ day: text(), dayAnchorUsd: USD, dayPeakUsd: USD });

const HIGH_WATER_RAISED = record<Omit<HighWaterRaised, 'kind'>>({
  highWaterUsd: USD,
  dayPeakUsd: USD,
  peakedAt: INSTANT,
});

type Taken = Omit<PayoutTaken, 'kind' | 'ledger'>;

const PAYOUT_TAKEN = record<Taken>({
  payoutId: text(),
  at: INSTANT,
  amountUsd: USD,
  traderUsd: USD,
  cashUsd: USD,
  balanceUsd: USD,
  dayAnchorUsd: USD,
  highWaterUsd: USD,
  dayPeakUsd: USD,
  periods: PERIODS,
});

const payoutTaken = (taken: Taken): PayoutTaken => ({
  kind: 'payout_taken',
  ...taken,
  ledger: payoutEntries(taken.amountUsd),
});

type Grown = Omit<CapitalGrown, 'kind' | 'ledger'>;

const CAPITAL_GROWN = record<Grown>({ at: INSTANT, addedUsd: USD, capitalUsd: USD, cashUsd: USD, balanceUsd: USD });

const capitalGrown = (grown: Grown): CapitalGrown => ({
  kind: 'capital_grown',
  ...grown,
  ledger: fundingEntries(grown.addedUsd),
});

const HELD = record<DataOf<'account_held'>>({ hold: text(), at: INSTANT });
const RELEASED = record<DataOf<'account_released'>>({ at: INSTANT });
const PAUSED = record<DataOf<'trading_paused'>>({ rule: text() });
const STOP_CORRECTED = record<DataOf<'stop_corrected'>>({ instrument: text(), dueAt: INSTANT, left: COUNT });
const WARNED = record<DataOf<'limit_warned'>>({ rule: text(), percent: COUNT });
const TOUCHED = record<DataOf<'limit_touched'>>({ rule: text(), at: INSTANT });
const RECOVERED = record<DataOf<'limit_recovered'>>({ rule: text() });
const CHANGED = record<{ readonly order: Order }>({ order: ORDER });
const AMENDED = record<Amended>({ order: ORDER, amendedFor: optional(text<AmendedFor>()) });

type Amended = { readonly order: Order; readonly amendedFor: AmendedFor | undefined };

const orderAmended = ({ order, amendedFor }: Amended): AccountEvent => ({
  kind: 'order_amended',
  order,
  ...(amendedFor && { amendedFor }),
});

/** The wire carries the whole of an order that may rest, and of any other what its ticket does not say. */
type Placed = Pick<Order, 'placedAt' | 'bookSequence' | 'origin'> & {
  readonly ticket: OrderTicket;
  readonly order: Order | null;
};

const PLACED = record<Placed>({
  ticket: TICKET,
  order: nullable(ORDER),
  placedAt: INSTANT,
  bookSequence: COUNT,
  origin: text(),
});

const placedOrder = ({ ticket, order, ...placing }: Placed): Order => order ?? workingOrder(ticket, placing);
