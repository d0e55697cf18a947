import type { Position } from '../../../domain/account/positions/position';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { qty, usd } from '../../../domain/kernel/money';
import { grownBigs, grownFloats, grownSize, grownWords, Rows } from './storage/growable-arrays';
import { Pool } from './storage/pool';

const [AMOUNTS, QTY, COST, REALIZED, FEES] = [4, 0, 1, 2, 3];
const [LINKS, INSTRUMENT, NEXT] = [2, 0, 1];
const NONE = 0;

/** The positions of all accounts in columns; those of one account follow one another by their links. */
export class PackedPositions {
  private amounts = new BigInt64Array(0);
  private openedAt = new Float64Array(0);
  private links = new Uint32Array(0);
  private readonly rows = new Rows();
  private readonly instruments = new Pool<InstrumentId>((id) => id);

  constructor() {
    this.rows.take(); // Row 0 stands for no position.
  }

  /** Answers the row of the first, 0 for none. */
  put(positions: readonly Position[]): number {
    let next = NONE;
    for (let at = positions.length - 1; at >= 0; at--) next = this.add(positions[at] as Position, next);
    return next;
  }

  at(first: number): readonly Position[] {
    const positions: Position[] = [];
    for (let row = first; row !== NONE; row = this.links[row * LINKS + NEXT] as number) {
      positions.push({
        instrument: this.instruments.at(this.links[row * LINKS + INSTRUMENT] as number),
        qty: qty(this.amount(row, QTY)),
        costUsd: usd(this.amount(row, COST)),
        realizedUsd: usd(this.amount(row, REALIZED)),
        feesUsd: usd(this.amount(row, FEES)),
        openedAt: instant(this.openedAt[row] as number),
      });
    }
    return positions;
  }

  remove(first: number): void {
    for (let row = first; row !== NONE; row = this.links[row * LINKS + NEXT] as number) this.rows.giveBack(row);
  }

  private add(position: Position, next: number): number {
    const row = this.rows.take();
    const size = grownSize(this.openedAt.length, this.rows.end);
    this.amounts = grownBigs(this.amounts, size * AMOUNTS);
    this.openedAt = grownFloats(this.openedAt, size);
    this.links = grownWords(this.links, size * LINKS);
    this.amounts[row * AMOUNTS + QTY] = position.qty;
    this.amounts[row * AMOUNTS + COST] = position.costUsd;
    this.amounts[row * AMOUNTS + REALIZED] = position.realizedUsd;
    this.amounts[row * AMOUNTS + FEES] = position.feesUsd;
    this.openedAt[row] = position.openedAt;
    this.links[row * LINKS + INSTRUMENT] = this.instruments.add(position.instrument);
    this.links[row * LINKS + NEXT] = next;
    return row;
  }

  private amount(row: number, place: number): bigint {
    return this.amounts[row * AMOUNTS + place] as bigint;
  }
}
