import { useId } from 'react';
import { priceText } from '../lib/display';
import type { Side } from '../lib/ticket';
import type { Touch } from '../lib/venues';
import { Fault } from '../parts/field';

type SideChoiceProps = {
  readonly side: Side;
  readonly touch: Touch;
  readonly tick: string;
  /** Nothing is held that could be sold, and this cannot be sold short. */
  readonly isLongOnly: boolean;
  readonly fault: string | undefined;
  readonly onChoose: (side: Side) => void;
};

/** Buy at the ask or sell at the bid. */
export function SideChoice({ side, touch, tick, isLongOnly, fault, onChoose }: SideChoiceProps) {
  const name = useId();
  return (
    <fieldset className="sides" aria-describedby={fault === undefined ? undefined : `${name}-fault`}>
      <legend className="hidden">Side</legend>
      {(['buy', 'sell'] as const).map((one) => {
        const price = one === 'buy' ? touch.ask : touch.bid;
        return (
          <label key={one} className={`sides-${one}`}>
            <input
              className="side-input"
              type="radio"
              name={name}
              value={one}
              checked={side === one}
              disabled={one === 'sell' && isLongOnly}
              onChange={() => onChoose(one)}
            />
            <span>{one === 'buy' ? 'Buy' : 'Sell'}</span>{' '}
            <span className="side-price">{price === undefined ? '—' : priceText(price, tick)}</span>
          </label>
        );
      })}
      <Fault id={`${name}-fault`} rule={fault} />
    </fieldset>
  );
}
