import type { Account } from '../../../domain/account/account';
import type { Order } from '../../../domain/account/orders/order';
import { NEVER_HELD } from '../../../domain/account/standing/hold';
import type { Standing } from '../../../domain/account/standing/standing';
import type { AccountId } from '../../../domain/kernel/ids';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { type Usd, usd } from '../../../domain/kernel/money';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { PackedPositions } from './packed-positions';
import { grownBigs, grownFloats, grownSize, grownWords, Rows } from './storage/growable-arrays';
import { Pool } from './storage/pool';
import { COUNTS_NOTHING, type Counting, NOTHING_RARE, type Rare } from './storage/rare-parts';

type Pinned = Pick<AccountSnapshot, 'rules' | 'ruleSetVersion' | 'ruleSetHash'>;

/** Where an account's amounts, numbers and references lie in its row. */
const [AMOUNTS, CASH, ANCHOR, HIGH_WATER, DAY_PEAK, DAY_BALANCE, WORST_TRADE, BEST_DAY, WINNING_DAYS] = [
  12, 0, 1, 2, 3, 4, 5, 6, 7,
];
const [SIZES, BEST_TRADE, EXCLUDED, DAY_EXCLUDED] = [8, 9, 10, 11];
const [NUMBERS, STARTED, ACTIVE, VERSION, TRADES, OPENED, CLOSED, COUNTED, DAYS, PEAKED, SIZED] = [
  10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];
const [REFERENCES, FIRST, PINNED, DAY, WARNED, PAUSED] = [5, 0, 1, 2, 3, 4];
const NONE = 0;

/**
 * Every open account, exact, in a few hundred bytes: columns of numbers in place of objects. An account is put together
 * again when somebody asks for it. What few accounts have (open orders, corrected stops, touched limits, smaller
 * positions) is kept beside the columns.
 */
export class OpenAccountTable {
  private amounts = new BigInt64Array(0);
  private numbers = new Float64Array(0);
  private references = new Uint32Array(0);
  private readonly rows = new Rows();
  private readonly rowOfId = new Map<AccountId, number>();
  private readonly holders: (AccountSnapshot['accountId'] | undefined)[] = [];
  private readonly assessments: (AccountSnapshot['assessmentId'] | undefined)[] = [];
  private readonly users: (AccountSnapshot['userId'] | undefined)[] = [];
  private readonly orders = new Map<number, readonly Order[]>();
  private readonly corrections = new Map<number, Standing['stopCorrections']>();
  private readonly touched = new Map<number, Standing['touched']>();
  private readonly holds = new Map<number, Standing['holds']>();
  private readonly reduced = new Map<number, Standing['trades']['reducedFromUsd']>();
  private readonly counting = new Map<number, Counting>();
  private readonly rare = new Map<number, Rare>();
  /** Amounts beyond 64 bits are kept as they are. */
  private readonly vast = new Map<number, AccountSnapshot>();
  private readonly positions = new PackedPositions();
  private readonly pinned = new Pool<Pinned>((kept) => `${kept.ruleSetHash} ${kept.ruleSetVersion} ${textOf(kept)}`);
  private readonly pinnedBefore = new WeakMap<AccountSnapshot['rules'], number>();
  private readonly days = new Pool<string>((day) => day);
  private readonly warned = new Pool<Standing['warned']>((warned) => JSON.stringify(warned));

  get size(): number {
    return this.rowOfId.size;
  }

  rowOf(id: AccountId): number | undefined {
    return this.rowOfId.get(id);
  }

  idAt(row: number): AccountId | undefined {
    return this.holders[row];
  }

  ids(): Iterable<AccountId> {
    return this.rowOfId.keys();
  }

  versionAt(row: number): number {
    return this.numbers[row * NUMBERS + VERSION] as number;
  }

  /** When the account last filled: quotes from before say nothing about it. */
  activeAt(row: number): Instant {
    return instant(this.numbers[row * NUMBERS + ACTIVE] as number);
  }

  hasPositions(row: number): boolean {
    return this.references[row * REFERENCES + FIRST] !== NONE;
  }

  /** Keeps the account in this state, in place of the state before; answers its row, which stays the same. */
  put(snapshot: AccountSnapshot): number {
    const known = this.rowOfId.get(snapshot.accountId);
    const row = known ?? this.rows.take();
    this.reserve();
    this.release(row);
    this.rowOfId.set(snapshot.accountId, row);
    this.holders[row] = snapshot.accountId;
    this.assessments[row] = snapshot.assessmentId;
    this.users[row] = snapshot.userId;
    const { account } = snapshot;
    this.references[row * REFERENCES + PINNED] = this.pin(snapshot);
    this.references[row * REFERENCES + DAY] = this.days.add(account.day);
    this.numbers[row * NUMBERS + VERSION] = snapshot.version;
    this.numbers[row * NUMBERS + TRADES] = account.tradesClosed;
    this.setStanding(row, account.standing);
    this.amounts[row * AMOUNTS + CASH] = account.cashUsd;
    this.amounts[row * AMOUNTS + ANCHOR] = account.dayAnchorUsd;
    this.references[row * REFERENCES + FIRST] = this.positions.put(account.positions);
    if (account.orders.length > 0) this.orders.set(row, account.orders);
    if (!fits(account)) this.vast.set(row, snapshot);
    return row;
  }

  /** The rules remember more of the account than before; its version stays. */
  setStanding(row: number, standing: Standing): void {
    const { amounts, numbers, references } = this;
    amounts[row * AMOUNTS + HIGH_WATER] = standing.peaks.highWaterUsd;
    amounts[row * AMOUNTS + DAY_PEAK] = standing.peaks.dayPeakUsd;
    amounts[row * AMOUNTS + DAY_BALANCE] = standing.day.balanceUsd;
    amounts[row * AMOUNTS + WORST_TRADE] = standing.trades.worstUsd;
    amounts[row * AMOUNTS + BEST_DAY] = standing.days.bestUsd;
    amounts[row * AMOUNTS + WINNING_DAYS] = standing.days.winningUsd;
    amounts[row * AMOUNTS + SIZES] = standing.trades.sizesUsd;
    amounts[row * AMOUNTS + BEST_TRADE] = standing.trades.bestUsd;
    amounts[row * AMOUNTS + EXCLUDED] = standing.trades.excludedUsd;
    amounts[row * AMOUNTS + DAY_EXCLUDED] = standing.day.excludedUsd;
    numbers[row * NUMBERS + STARTED] = standing.startedAt;
    numbers[row * NUMBERS + ACTIVE] = standing.activeAt;
    numbers[row * NUMBERS + PEAKED] = standing.peaks.at;
    numbers[row * NUMBERS + OPENED] = standing.day.opened;
    numbers[row * NUMBERS + CLOSED] = standing.day.closed;
    numbers[row * NUMBERS + COUNTED] = standing.trades.counted;
    numbers[row * NUMBERS + DAYS] = standing.days.counted;
    numbers[row * NUMBERS + SIZED] = standing.day.sized;
    references[row * REFERENCES + WARNED] = this.warned.add(standing.warned);
    references[row * REFERENCES + PAUSED] = standing.day.isPaused ? 1 : 0;
    if (standing.stopCorrections.length > 0) this.corrections.set(row, standing.stopCorrections);
    if (isEmpty(standing.touched)) this.touched.delete(row);
    else this.touched.set(row, standing.touched);
    if (standing.holds === NEVER_HELD) this.holds.delete(row);
    else this.holds.set(row, standing.holds);
    if (isEmpty(standing.trades.reducedFromUsd)) this.reduced.delete(row);
    else this.reduced.set(row, standing.trades.reducedFromUsd);
    const { inNews, activityAt, missedStops } = standing.trades;
    if (inNews.length + missedStops.length === 0 && activityAt === null) this.rare.delete(row);
    else this.rare.set(row, { inNews, activityAt, missedStops });
    const { periods, payouts } = standing;
    if (periods === COUNTS_NOTHING.periods && payouts === COUNTS_NOTHING.payouts) this.counting.delete(row);
    else this.counting.set(row, { periods, payouts });
    const vast = this.vast.get(row);
    if (vast) this.vast.set(row, { ...vast, account: { ...vast.account, standing } });
  }

  get(row: number): AccountSnapshot | undefined {
    const accountId = this.holders[row];
    const assessmentId = this.assessments[row];
    const userId = this.users[row];
    if (accountId === undefined || assessmentId === undefined || userId === undefined) return undefined;
    const vast = this.vast.get(row);
    if (vast) return vast;
    const { rules, ruleSetVersion, ruleSetHash } = this.pinned.at(this.references[row * REFERENCES + PINNED] as number);
    return {
      accountId,
      assessmentId,
      userId,
      rules,
      ruleSetVersion,
      ruleSetHash,
      version: this.versionAt(row),
      status: 'active',
      account: this.accountAt(row),
      prior: undefined,
    };
  }

  isTouched(row: number): boolean {
    return this.touched.has(row);
  }

  remove(id: AccountId): number | undefined {
    const row = this.rowOfId.get(id);
    if (row === undefined) return undefined;
    this.release(row);
    this.rowOfId.delete(id);
    this.holders[row] = undefined;
    this.assessments[row] = undefined;
    this.users[row] = undefined;
    this.rows.giveBack(row);
    return row;
  }

  private accountAt(row: number): Account {
    return {
      cashUsd: this.amount(row, CASH),
      positions: this.positions.at(this.references[row * REFERENCES + FIRST] as number),
      tradesClosed: this.number(row, TRADES),
      day: this.days.at(this.references[row * REFERENCES + DAY] as number),
      dayAnchorUsd: this.amount(row, ANCHOR),
      orders: this.orders.get(row) ?? NO_ORDERS,
      standing: {
        startedAt: instant(this.number(row, STARTED)),
        activeAt: instant(this.number(row, ACTIVE)),
        peaks: {
          highWaterUsd: this.amount(row, HIGH_WATER),
          dayPeakUsd: this.amount(row, DAY_PEAK),
          at: instant(this.number(row, PEAKED)),
        },
        day: {
          balanceUsd: this.amount(row, DAY_BALANCE),
          opened: this.number(row, OPENED),
          closed: this.number(row, CLOSED),
          sized: this.number(row, SIZED),
          excludedUsd: this.amount(row, DAY_EXCLUDED),
          isPaused: this.references[row * REFERENCES + PAUSED] === 1,
        },
        days: {
          counted: this.number(row, DAYS),
          bestUsd: this.amount(row, BEST_DAY),
          winningUsd: this.amount(row, WINNING_DAYS),
        },
        trades: {
          counted: this.number(row, COUNTED),
          worstUsd: this.amount(row, WORST_TRADE),
          bestUsd: this.amount(row, BEST_TRADE),
          excludedUsd: this.amount(row, EXCLUDED),
          sizesUsd: this.amount(row, SIZES),
          reducedFromUsd: this.reduced.get(row) ?? NONE_REDUCED,
          ...(this.rare.get(row) ?? NOTHING_RARE),
        },
        warned: this.warned.at(this.references[row * REFERENCES + WARNED] as number),
        touched: this.touched.get(row) ?? NONE_TOUCHED,
        stopCorrections: this.corrections.get(row) ?? NO_CORRECTIONS,
        holds: this.holds.get(row) ?? NEVER_HELD,
        ...(this.counting.get(row) ?? COUNTS_NOTHING),
      },
    };
  }

  /** The text of the rules tells equal ones apart from others; the very same object needs none. */
  private pin(snapshot: AccountSnapshot): number {
    const { rules, ruleSetVersion, ruleSetHash } = snapshot;
    const known = this.pinnedBefore.get(rules);
    const same = known === undefined ? undefined : this.pinned.at(known);
    if (known !== undefined && same?.ruleSetVersion === ruleSetVersion && same.ruleSetHash === ruleSetHash)
      return known;
    const number = this.pinned.add({ rules, ruleSetVersion, ruleSetHash });
    this.pinnedBefore.set(rules, number);
    return number;
  }

  private amount(row: number, place: number): Usd {
    return usd(this.amounts[row * AMOUNTS + place] as bigint);
  }

  private number(row: number, place: number): number {
    return this.numbers[row * NUMBERS + place] as number;
  }

  private release(row: number): void {
    this.positions.remove(this.references[row * REFERENCES + FIRST] as number);
    this.references[row * REFERENCES + FIRST] = NONE;
    this.orders.delete(row);
    this.corrections.delete(row);
    this.touched.delete(row);
    this.holds.delete(row);
    this.reduced.delete(row);
    this.rare.delete(row);
    this.counting.delete(row);
    this.vast.delete(row);
  }

  private reserve(): void {
    const size = grownSize(this.references.length / REFERENCES, this.rows.end);
    this.amounts = grownBigs(this.amounts, size * AMOUNTS);
    this.numbers = grownFloats(this.numbers, size * NUMBERS);
    this.references = grownWords(this.references, size * REFERENCES);
  }
}

const NO_ORDERS: readonly Order[] = [];
const NO_CORRECTIONS: Standing['stopCorrections'] = [];
const NONE_TOUCHED: Standing['touched'] = {};
const NONE_REDUCED: Standing['trades']['reducedFromUsd'] = {};

const isEmpty = (record: object): boolean => {
  for (const _ in record) return false;
  return true;
};

/** Phases of one program share version and hash, but not their rules. */
const textOf = ({ rules }: Pinned): string =>
  JSON.stringify(rules, (_, value) => (typeof value === 'bigint' ? value.toString() : value));

const is64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

const fits = ({ cashUsd, positions, standing }: Account): boolean =>
  is64(cashUsd) &&
  is64(standing.trades.sizesUsd) &&
  is64(standing.trades.excludedUsd) &&
  positions.every(({ qty, costUsd, realizedUsd, feesUsd }) => [qty, costUsd, realizedUsd, feesUsd].every(is64));
