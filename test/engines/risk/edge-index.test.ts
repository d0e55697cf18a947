import fc from 'fast-check';
import { ALWAYS, Bands, NEVER } from '../../../engines/risk/selection/bands';
import { EdgeIndex } from '../../../engines/risk/selection/edge-index';
import { Records } from '../../../engines/risk/selection/records';
import { RowList } from '../../../engines/risk/selection/storage/growable-arrays';
import { NamedRows } from '../../../engines/risk/selection/storage/named-rows';

/** Goal: the accounts that a price reaches are exactly those whose edges say so, whatever happened before. */
type Step =
  | { readonly kind: 'band'; readonly account: number; readonly down: number; readonly up: number }
  | { readonly kind: 'remove'; readonly account: number }
  | { readonly kind: 'leave'; readonly account: number }
  | { readonly kind: 'tick'; readonly price: number };

const ACCOUNTS = 400;
const account = fc.nat({ max: ACCOUNTS - 1 });
const edge = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 1, arbitrary: fc.constantFrom(ALWAYS, NEVER) },
);
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('band' as const), account, down: edge, up: edge }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), account }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), account }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const), price: fc.integer({ min: -60, max: 60 }) }) },
);

type Edges = { readonly down: number; readonly up: number };

/** An edge index, and a plain list of what is in it. */
class World {
  private readonly bands = new Bands();
  private readonly records = new Records();
  private readonly index: EdgeIndex;
  private readonly named = new NamedRows();
  private readonly slots = new Map<number, number>();
  private readonly edges = new Map<number, Edges>();

  constructor(private readonly isOfSingles: boolean) {
    this.index = new EdgeIndex(this.bands, this.records, isOfSingles);
    this.records.reserve(ACCOUNTS);
    this.named.reserve(ACCOUNTS);
  }

  apply(one: Step): void {
    if (one.kind === 'tick') expect(this.reachedBy(one.price)).toEqual(this.expected(one.price));
    else if (one.kind === 'band') this.band(one.account, one);
    else if (one.kind === 'leave') {
      this.records.leave(one.account);
      this.edges.delete(one.account);
    } else this.remove(one.account);
  }

  private band(account: number, { down, up }: Edges): void {
    if (!this.edges.has(account)) this.remove(account);
    const slot = this.slots.get(account) ?? this.index.add(account);
    if (!this.slots.has(account)) this.records.take(account, 1);
    this.slots.set(account, slot);
    this.bands.set(slot, down, up);
    this.edges.set(account, { down, up });
  }

  private remove(account: number): void {
    const slot = this.slots.get(account);
    if (slot === undefined) return;
    this.index.remove(slot);
    this.records.giveBack(account);
    this.slots.delete(account);
    this.edges.delete(account);
  }

  private reachedBy(price: number) {
    const found = new RowList();
    this.named.empty();
    this.index.tick(price, this.named, found);
    const looked = [...found.rows.subarray(0, found.size)];
    return { named: [...this.named.ascending()], looked: looked.sort((a, b) => a - b) };
  }

  private expected(price: number) {
    const reached = [...this.edges].filter(([, { down, up }]) => down <= -price || up <= price);
    const isLost = ({ down }: Edges) => this.isOfSingles && down <= -price && down !== ALWAYS;
    const of = (lost: boolean) =>
      reached
        .filter(([, one]) => isLost(one) === lost)
        .map(([at]) => at)
        .sort((a, b) => a - b);
    return { named: of(true), looked: of(false) };
  }
}

test.each`
  who                    | isOfSingles
  ${'one position'}      | ${true}
  ${'several positions'} | ${false}
`('the edge index of accounts with $who reaches what a list of them reaches', ({ isOfSingles }) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 600 }), (steps) => {
      const world = new World(isOfSingles);
      for (const one of steps) world.apply(one);
    }),
  );
});
