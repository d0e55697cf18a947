import type { Instrument } from './contract';
import { timeOfDay } from './display';
import { unitOf } from './naming';
import type { Quote } from './quotes';

type Doubt = NonNullable<NonNullable<Quote['doubts']>['bid']>;

export type DoubtWords = { readonly title: string; readonly text: string };

const WHY: Readonly<Record<Doubt['why'], string>> = {
  jumped: 'it lies far from the price before it and has not stood for long enough',
  twin: 'it contradicts the price of the other outcome, and only one of the two can be right',
  thin: 'what the venue shows there is worth too little to say what anything is worth',
  disagrees: 'the other venues show another price',
};

const DONE: Readonly<Record<Doubt['why'], string>> = {
  jumped: 'Nothing is filled by it and no account is judged by it',
  twin: 'Nothing is filled by it and no account is judged by it',
  disagrees: 'Nothing is filled by it, and the venue has no part in what coins are worth',
  thin: 'Your own orders may still be filled there; it triggers no stop, and no account is judged by it',
};

/** What a trader should know of a market whose price is shown and not believed, each side for itself. */
export function doubtWords(instrument: Instrument, { doubts }: Pick<Quote, 'doubts'>): readonly DoubtWords[] {
  const words = (side: 'bid' | 'ask'): readonly DoubtWords[] => {
    const doubt = doubts?.[side];
    if (!doubt) return [];
    const title = `The ${side} of ${unitOf(instrument)} is in doubt`;
    return [{ title, text: `Since ${timeOfDay(doubt.since)}: ${WHY[doubt.why]}. ${DONE[doubt.why]}.` }];
  };
  return [...words('bid'), ...words('ask')];
}
