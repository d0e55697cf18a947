import type { InstrumentId } from '../../domain/kernel/ids';
import { type Refused, refuse } from '../../domain/kernel/result';

export const unknownOrder = () => refuse('order_unknown', 'orderId', 'must be an order of this account');

export const reusedId = () => refuse('order_id_reused', 'orderId', 'was used for another order');

export const unknownInstrument = (instrument: InstrumentId): Refused<'instrument_unknown'> =>
  refuse('instrument_unknown', 'instrument', `${instrument} is not an instrument that can be traded`);
