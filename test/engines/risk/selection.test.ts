import fc from 'fast-check';
import { Selection } from '../../../engines/risk/selection/selection';
import type { Watched } from '../../../engines/risk/selection/watched';

/**
 * Goal: no account that exact numbers would decide something about is ever missed, however prices and accounts move;
 * and a quiet tape values nearly nobody. Amounts are whole micros and prices whole units, summed up in bigints here.
 */
type Position = { readonly instrument: number; readonly qty: bigint; readonly sunk: bigint };
type Exact = {
  readonly cash: bigint;
  readonly floor: bigint;
  readonly ceiling: bigint | undefined;
  readonly lossMax: bigint | undefined;
  readonly positions: readonly Position[];
};
/** Null: nobody quotes that side. */
type Quoted = { readonly bid: bigint | null; readonly ask: bigint | null };
/** What a side was last quoted at, and when; a side that was lost since has no time. */
type Side = { readonly price: bigint; readonly at: number | undefined };

const STALE_AFTER_MS = 10_000;
const UNIT = 10n ** 10n;
const MILLION = 1e6;

const exitOf = ({ qty }: Position, price: bigint): bigint => {
  const product = qty * price;
  return product / UNIT - (product % UNIT < 0n ? 1n : 0n);
};

/**
 * What the rules say: touching the floor, the ceiling or the loss of one position decides something. What has no price
 * counts at its last one, and half of it less at the ceiling; of what never had one nothing is known here.
 */
function decides(account: Exact, sides: ReadonlyMap<string, Side>, now: number): boolean {
  let [equity, worst] = [account.cash, account.cash];
  let isStopped = false;
  for (const position of account.positions) {
    const side = sides.get(sideOf(position));
    if (!side) return true;
    const value = exitOf(position, side.price);
    if (account.lossMax !== undefined && position.sunk - value >= account.lossMax) isStopped = true;
    const isPriced = side.at !== undefined && now - side.at <= STALE_AFTER_MS;
    equity += value;
    worst += isPriced ? value : value - ((value < 0n ? -value : value) + 1n) / 2n;
  }
  const isAbove = account.ceiling !== undefined && worst >= account.ceiling;
  return isStopped || isAbove || equity <= account.floor;
}

const sideOf = ({ instrument, qty }: Position): string => `${instrument} ${qty > 0n ? 'bid' : 'ask'}`;

const watchedOf = ({ cash, floor, ceiling, lossMax, positions }: Exact): Watched => ({
  cashUsd: Number(cash) / MILLION,
  floorUsd: Number(floor) / MILLION,
  ceilingUsd: ceiling === undefined ? Number.POSITIVE_INFINITY : Number(ceiling) / MILLION,
  peakUsd: Number.POSITIVE_INFINITY,
  trails: [],
  holdings: positions.map(({ instrument, qty, sunk }) => ({
    instrument,
    qty: Number(qty) / 1e8,
    stopPrice: lossMax === undefined ? Number.NaN : Number(sunk - lossMax) / MILLION / (Number(qty) / 1e8),
  })),
});

const INSTRUMENTS = 4;
const signed = (max: bigint) => fc.bigInt({ min: -max, max });
const position = fc.record({
  instrument: fc.nat({ max: INSTRUMENTS - 1 }),
  qty: signed(10n ** 9n).filter((qty) => qty !== 0n),
  sunk: signed(10n ** 10n),
});
const account: fc.Arbitrary<Exact> = fc.record({
  cash: signed(10n ** 11n),
  floor: signed(10n ** 11n),
  ceiling: fc.option(signed(10n ** 12n), { nil: undefined }),
  lossMax: fc.option(fc.bigInt({ min: 1n, max: 10n ** 10n }), { nil: undefined }),
  positions: fc.uniqueArray(position, { selector: (held) => held.instrument, minLength: 1, maxLength: INSTRUMENTS }),
});
const id = fc.nat({ max: 19 });
type Step =
  | { readonly kind: 'put'; readonly id: number; readonly account: Exact }
  | { readonly kind: 'remove'; readonly id: number }
  | {
      readonly kind: 'walk';
      readonly instrument: number;
      readonly move: bigint;
      readonly spread: bigint;
      /** A side that nobody quotes. */
      readonly lacks?: 'bid' | 'ask' | undefined;
    }
  | { readonly kind: 'lose'; readonly instrument: number }
  | { readonly kind: 'wait'; readonly ms: number };
const instrument = fc.nat({ max: INSTRUMENTS - 1 });
const spread = fc.bigInt({ min: 0n, max: 10n ** 7n });
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), id, account }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('walk' as const),
      instrument,
      // From one unit of the last decimal to jumps through everything.
      move: fc.oneof(signed(3n), signed(10n ** 7n), signed(10n ** 10n), signed(10n ** 12n)),
      spread,
      lacks: fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('bid' as const, 'ask' as const) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), instrument }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 8_000 }) }) },
);

class World {
  readonly selection = new Selection(STALE_AFTER_MS);
  readonly accounts = new Map<number, Exact>();
  private readonly sides = new Map<string, Side>();
  private readonly bids = new Map<number, bigint>();
  private now = 0;
  private ticks = 0;

  put(at: number, exact: Exact): void {
    this.accounts.set(at, exact);
    this.selection.put(at, watchedOf(exact), this.now);
  }

  apply(one: Step): void {
    if (one.kind === 'wait') this.now += one.ms;
    else if (one.kind === 'put') this.put(one.id, one.account);
    else if (one.kind === 'remove') {
      this.accounts.delete(one.id);
      this.selection.remove(one.id);
    } else if (one.kind === 'lose') {
      this.lose(`${one.instrument} bid`);
      this.lose(`${one.instrument} ask`);
      this.selection.lose(one.instrument);
    } else {
      const before = this.bids.get(one.instrument) ?? 10n ** 11n;
      const bid = before + one.move > 0n ? before + one.move : 1n;
      this.bids.set(one.instrument, bid);
      const sides = { bid, ask: bid + one.spread };
      const missed = this.tick(one.instrument, one.lacks ? { ...sides, [one.lacks]: null } : sides);
      expect(missed).toEqual([]);
    }
  }

  name(at: number, { bid, ask }: Quoted): readonly number[] {
    const floatOf = (price: bigint | null) => (price === null ? null : Number(price) / 1e8);
    return [...this.selection.tick(at, { bid: floatOf(bid), ask: floatOf(ask) }, ++this.ticks, this.now)];
  }

  private lose(side: string): void {
    const known = this.sides.get(side);
    if (known) this.sides.set(side, { ...known, at: undefined });
  }

  private see(side: string, price: bigint | null): void {
    if (price === null) this.lose(side);
    else this.sides.set(side, { price, at: this.now });
  }

  /** The accounts that exact numbers decide something about, and that were not named. */
  tick(at: number, quote: Quoted): readonly number[] {
    this.see(`${at} bid`, quote.bid);
    this.see(`${at} ask`, quote.ask);
    const named = this.name(at, quote);
    expect(named).toEqual([...new Set(named)].sort((a, b) => a - b));
    for (const key of named) this.selection.keep(key);
    return [...this.accounts.keys()].filter((key) => {
      const exact = this.accounts.get(key);
      const isMoved = (held: Position) => held.instrument === at && quote[held.qty > 0n ? 'bid' : 'ask'] !== null;
      const isHolder = exact?.positions.some(isMoved) ?? false;
      return exact !== undefined && isHolder && decides(exact, this.sides, this.now) && !named.includes(key);
    });
  }
}

test('nobody is missed: any accounts, any prices, any changes between', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
      const world = new World();
      for (const one of steps) world.apply(one);
    }),
    { numRuns: 300 },
  );
});

test('nobody is missed among so many that all are looked at one after the other, nor when it is quiet again', () => {
  const many = fc.array(account, { minLength: 300, maxLength: 400 });
  const prices = fc.array(
    fc.record({
      kind: fc.constant('walk' as const),
      instrument,
      move: fc.oneof(signed(3n), signed(10n ** 8n), signed(10n ** 10n)),
      spread,
    }),
    { minLength: 40, maxLength: 120 },
  );
  fc.assert(
    fc.property(many, prices, fc.array(step, { maxLength: 60 }), (accounts, walk, steps) => {
      const world = new World();
      accounts.forEach((one, at) => {
        world.put(at, one);
      });
      for (const one of [...walk, ...steps, ...walk]) world.apply(one);
    }),
    { numRuns: 25 },
  );
});

/** A long of ten units bought at 100 dollars with 1,000 in cash left: worth 2,000, and failed at 1,900. */
const LONG: Exact = {
  cash: 1_000_000_000n,
  floor: 1_900_000_000n,
  ceiling: undefined,
  lossMax: undefined,
  positions: [{ instrument: 0, qty: 10n * 10n ** 8n, sunk: 1_000_000_000n }],
};
const SHORT: Exact = { ...LONG, cash: 3_000_000_000n, positions: [{ instrument: 0, qty: -10n * 10n ** 8n, sunk: 0n }] };

test.each`
  who        | account                                 | path                      | named     | why
  ${'long'}  | ${LONG}                                 | ${'100 95 90.00002'}      | ${'...'}  | ${'two thousandths of a cent above its edge'}
  ${'long'}  | ${LONG}                                 | ${'100 90'}               | ${'.x'}   | ${'touching the floor'}
  ${'long'}  | ${LONG}                                 | ${'100 80 120 89'}        | ${'.x.x'} | ${'again after it came back'}
  ${'short'} | ${SHORT}                                | ${'100 109.9999 110 105'} | ${'..x.'} | ${'shorts lose when the ask rises'}
  ${'long'}  | ${{ ...LONG, ceiling: 2_050_000_000n }} | ${'100 104 105 104'}      | ${'..x.'} | ${'touching the ceiling'}
  ${'long'}  | ${{ ...LONG, lossMax: 20_000_000n }}    | ${'100 98.5 98 99'}       | ${'..x.'} | ${'the loss of one position'}
`('a $who through $path is named $named: $why', ({ account: exact, path, named }) => {
  const world = new World();
  world.put(1, exact);
  const seen = (path as string).split(' ').map((text) => {
    const price = BigInt(Math.round(Number(text) * 1e8));
    const named = world.name(0, { bid: price, ask: price });
    for (const at of named) world.selection.keep(at);
    return named.length > 0 ? 'x' : '.';
  });
  expect(seen.join('')).toBe(named);
});

test('a crash names each holder once, and a quiet tape values hardly anybody', () => {
  const selection = new Selection(STALE_AFTER_MS);
  const holders = 5_000;
  let ticks = 0;
  const tick = (bid: number) => [...selection.tick(0, { bid, ask: bid + 0.01 }, ++ticks, 0)];
  tick(100);
  for (let at = 0; at < holders; at++) selection.put(at, { ...watchedOf(LONG), floorUsd: 1_700 + (at % 200) }, 0);
  const before = selection.valuations;
  for (let turn = 0; turn < 1_000; turn++) tick(100 + Math.sin(turn) / 100);
  expect(selection.valuations - before).toBe(0);
  const named = tick(70);
  expect(named).toEqual(Array.from({ length: holders }, (_, at) => at));
  for (const at of named) selection.remove(at);
  expect(tick(1)).toEqual([]);
});

test('a sawtooth of one unit around the edge: named exactly on the far side, valued at most once a tick', () => {
  const world = new World();
  world.put(1, LONG);
  const ticks = 20_000;
  let missed = 0;
  for (let turn = 0; turn < ticks; turn++) {
    const bid = 90n * 10n ** 8n + BigInt((turn % 3) - 1);
    missed += world.tick(0, { bid, ask: bid + 1n }).length;
  }
  expect(missed).toBe(0);
  expect(world.selection.valuations).toBeLessThanOrEqual(ticks + 1);
});
