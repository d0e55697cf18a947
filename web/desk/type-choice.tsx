import { useId } from 'react';
import { TYPE_NAMES } from '../lib/order-text';
import type { OrderType } from '../lib/ticket-draft';

const TYPES: readonly OrderType[] = ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'];

type TypeChoiceProps = { readonly type: OrderType; readonly onChoose: (type: OrderType) => void };

export function TypeChoice({ type, onChoose }: TypeChoiceProps) {
  const id = useId();
  return (
    <div className="field field-inline">
      <label htmlFor={id}>Type</label>
      <select
        id={id}
        value={type}
        onChange={(event) => onChoose(TYPES.find((one) => one === event.target.value) ?? 'market')}
      >
        {TYPES.map((one) => (
          <option key={one} value={one}>
            {TYPE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
