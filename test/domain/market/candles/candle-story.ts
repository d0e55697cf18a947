import { type Instant, instant, isoText } from '../../../../domain/kernel/instant';
import { formatPrice, formatQty, price, qty } from '../../../../domain/kernel/money';
import type { CandlePart } from '../../../../domain/market/candles/candle';
import { CandleMaker, type Changed } from '../../../../domain/market/candles/candle-maker';
import { bucketsOf, candleOf } from '../../../../domain/market/candles/folding';
import { RESOLUTIONS, type Resolution } from '../../../../domain/market/candles/resolution';

const UNIT = 10n ** 8n;

/**
 * A run of market-data as steps: `12:00:05 100` a mid, `12:00:05 lost`, `12:00:05 tick`, `12:00:07 0.5@12:00:05` a trade
 * that happened at :05 and was told at :07. A tick comes each second by itself, as it does there, until the last step.
 */
export class Run {
  readonly maker = new CandleMaker(RESOLUTIONS);
  readonly leftOut: string[] = [];
  private readonly latest = new Map<string, Changed>();

  constructor(
    private readonly day: string,
    private readonly hasTicks = true,
  ) {}

  go(path: string): this {
    let before: Instant | undefined;
    for (const step of path.split(', ')) {
      const [time = '', what = ''] = step.split(' ');
      const at = this.at(time);
      if (this.hasTicks && before !== undefined)
        for (let tick = before + 1_000; tick < at; tick += 1_000) this.maker.pass(instant(tick));
      this.take(what, at);
      before = at;
    }
    return this;
  }

  parts(resolution: Resolution): readonly CandlePart[] {
    for (const change of this.maker.changed()) this.latest.set(`${change.resolution} ${change.part.at}`, change);
    return [...this.latest.values()].filter((each) => each.resolution === resolution).map(({ part }) => part);
  }

  /** `12:00 100 104 97 101 v0.5 whole` */
  candles(resolution: Resolution): readonly string[] {
    return shown(this.parts(resolution));
  }

  private at = (time: string): Instant => instant(Date.parse(time.includes('T') ? time : `${this.day}T${time}Z`));

  private take(what: string, at: Instant): void {
    const [amount = '', happened] = what.split('@');
    if (what === 'lost') this.maker.lose(at);
    else if (what === 'tick') this.maker.pass(at);
    else if (happened) {
      const refusal = this.maker.trade(
        qty((BigInt(Math.round(Number(amount) * 100)) * UNIT) / 100n),
        this.at(happened),
        at,
      );
      if (refusal) this.leftOut.push(refusal);
    } else this.maker.take(price((BigInt(Math.round(Number(what) * 100)) * UNIT) / 100n), at);
  }
}

export const shown = (parts: readonly CandlePart[]): readonly string[] =>
  bucketsOf(parts).flatMap((bucket) => {
    const candle = candleOf(bucket);
    if (!candle) return [];
    const { at, open, high, low, close, volume, isWhole } = candle;
    const time = isoText(at).slice(11, 19).replace(/:00$/, '');
    const traded = volume === null ? ' v?' : volume > 0n ? ` v${formatQty(volume)}` : '';
    return [`${time} ${[open, high, low, close].map(formatPrice).join(' ')}${traded}${isWhole ? ' whole' : ''}`];
  });
