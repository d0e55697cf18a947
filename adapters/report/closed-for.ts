import type { ClosingReason } from '../../domain/account/orders/order';

/** Why the platform itself closed a position, as the rest of a sentence. */
export const CLOSED_FOR: Readonly<Record<ClosingReason, string>> = {
  stop_missing: 'its stop-loss was missing when it was due',
  open_loss: 'the loss that was open had reached its limit',
  daily_loss: 'the day’s loss or gain had reached its limit',
  loss_layer: 'a further limit of the loss had been reached',
  limit_in_doubt: 'a limit was broken unless what has no price is worth more than it was last',
  target: 'equity had reached the target',
  weekend: 'nothing may be held over a weekend',
  daily_flat: 'nothing may be held at this time of day',
  news: 'nothing may be held over news',
  assessment_ended: 'the assessment had ended',
};
