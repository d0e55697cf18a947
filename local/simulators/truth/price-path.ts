import type { PricePath } from './candle-path';
import { CORRELATIONS, choleskyOf, mixed } from './correlation';
import type { Listing, OutcomeListing, SpotListing } from './listing';
import type { SeededRandom } from './random';
import { Volatility } from './volatility';

/** Taken once: where tests run, a look at a global costs more than the sum itself. */
const { exp, floor, log, max, min, sqrt } = Math;

const JUMPS_PER_SECOND = 1 / 900;
const JUMP_SIZE = 12; // Standard deviations of one second.
/** A coin that is kept at a price has come back half the way after some hours. */
const PEG_MEMORY_S = 4 * 3_600;
/** No outcome is ever as good as certain before it is resolved. */
const [PROBABILITY_MIN, PROBABILITY_MAX] = [0.03, 0.97];
/** One step moves no odds by more. */
const ODDS_STEP_MAX = 0.9;

/**
 * The moving mid prices. Coins walk together, in calm and in wild hours, with rare jumps of them all; the first one
 * follows a replayed path where there is one. Outcomes are martingales between bounds.
 */
export class PricePaths {
  private readonly mids = new Map<string, number>();
  /** Where pegged coins are kept. */
  private readonly pegs = new Map<string, number>();
  private readonly coins: readonly SpotListing[];
  private readonly lower = choleskyOf(CORRELATIONS);
  private readonly volatility: Volatility;
  private position = 0;

  constructor(
    private readonly listings: readonly Listing[],
    private readonly random: SeededRandom,
    private readonly replay?: PricePath,
  ) {
    this.volatility = new Volatility(random);
    for (const { id, startPrice } of listings) this.mids.set(id, startPrice);
    this.coins = listings.filter((listing): listing is SpotListing => listing.kind === 'spot' && !listing.isPegged);
    const [leader] = this.coins;
    const began = replay?.priceAt(0);
    if (leader && began !== undefined) this.mids.set(leader.id, began);
  }

  mid(id: string): number {
    return this.mids.get(id) ?? 0;
  }

  /** A pegged coin is kept there from now on. */
  set(id: string, price: number): void {
    this.mids.set(id, price);
    this.pegs.set(id, price);
  }

  /** Lets `seconds` pass for the instruments that `factorOf` lets move; 0 holds one still, 2 doubles its moves. */
  step(seconds: number, factorOf: (id: string) => number): void {
    const returns = this.returns(seconds, factorOf);
    for (const [id, change] of returns) this.mids.set(id, this.mid(id) * exp(change));
    for (const listing of this.listings) {
      const factor = factorOf(listing.id);
      const shock = this.shock(seconds);
      if (factor === 0) continue;
      if (listing.kind === 'outcome') this.moveOdds(listing, factor * listing.volatility * shock, returns);
      else if (listing.isPegged) this.revert(listing, factor, seconds);
    }
  }

  /** The log returns of the coins. */
  private returns(seconds: number, factorOf: (id: string) => number): ReadonlyMap<string, number> {
    const wildness = this.volatility.step(seconds);
    const isJump = this.random.next() < JUMPS_PER_SECOND * seconds;
    const independent = this.coins.map(
      () => sqrt(seconds) * this.random.normal() + (isJump ? JUMP_SIZE * this.random.normal() : 0),
    );
    const [leader] = this.coins;
    const replayed = this.replayedReturn(seconds);
    // The others do what is to be expected of them when the first does that.
    if (leader && replayed !== undefined) independent[0] = replayed / (leader.volatility * wildness);
    const shocks = mixed(this.lower, independent);
    return new Map(
      this.coins.map(({ id, volatility }, at) => [id, factorOf(id) * volatility * wildness * (shocks[at] ?? 0)]),
    );
  }

  private shock(seconds: number): number {
    const walk = sqrt(seconds) * this.random.normal();
    return this.random.next() < JUMPS_PER_SECOND * seconds ? walk + JUMP_SIZE * this.random.normal() : walk;
  }

  /** Up and down are cut off alike near the bounds, so what is expected is what is. */
  private moveOdds({ id, follows }: OutcomeListing, own: number, returns: ReadonlyMap<string, number>): void {
    const before = this.mid(id);
    const room = before * (1 - before);
    const most = min((before - PROBABILITY_MIN) / room, (PROBABILITY_MAX - before) / room, ODDS_STEP_MAX);
    const wanted = own + (follows ? follows.times * (returns.get(follows.id) ?? 0) : 0);
    if (most > 0) this.mids.set(id, before + room * max(-most, min(most, wanted)));
  }

  private revert({ id, startPrice, volatility }: SpotListing, factor: number, seconds: number): void {
    const peg = this.pegs.get(id) ?? startPrice;
    const kept = exp(-seconds / PEG_MEMORY_S);
    const spread = volatility * factor * sqrt((PEG_MEMORY_S / 2) * (1 - kept * kept));
    this.mids.set(id, peg * exp(kept * log(this.mid(id) / peg) + spread * this.random.normal()));
  }

  /** The replayed log return of these seconds; nothing once the file has ended, and the walk goes on from there. */
  private replayedReturn(seconds: number): number | undefined {
    const from = this.priceAt(this.position);
    this.position += seconds;
    const to = this.priceAt(this.position);
    return from === undefined || to === undefined ? undefined : log(to / from);
  }

  private priceAt(position: number): number | undefined {
    const second = floor(position);
    const [before, after] = [this.replay?.priceAt(second), this.replay?.priceAt(second + 1)];
    return before === undefined || after === undefined ? undefined : before + (after - before) * (position - second);
  }
}
