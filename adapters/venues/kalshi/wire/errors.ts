/**
 * What an error asks of us. `ended`: the venue gave the subscription up. `later`: it could not take the command now.
 * `full`: it takes no more markets. `lost`: it and we no longer agree on what is subscribed.
 */
export type Meaning = 'ended' | 'later' | 'full' | 'lost' | 'wrong';

const CODES: Readonly<Record<number, Meaning>> = {
  1: 'later',
  7: 'lost',
  9: 'lost',
  10: 'ended',
  18: 'later',
  19: 'later',
  20: 'later',
  21: 'later',
  22: 'later',
  25: 'ended',
  26: 'full',
  27: 'later',
};

/** Any other error is one of ours. */
export const meaningOf = (code: number): Meaning => CODES[code] ?? 'wrong';
