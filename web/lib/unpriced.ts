import type { Mark, RuleName } from './contract';
import { dateTime, dollarsText, priceText } from './display';
import type { Naming } from './naming';
import { RULE_NAMES } from './rules';

export type UnpricedWords = { readonly title: string; readonly text: string };

type Unpriced = Mark['unpriced'][number];

/** What a trader should know while something that is held has no price: what it counts as, and what follows. */
export function unpricedWords(mark: Mark | undefined, naming: Naming): readonly UnpricedWords[] {
  if (!mark || mark.unpriced.length === 0) return [];
  const words = mark.unpriced.map((each) => ({
    title: `No price for ${naming(each.instrument).unit}`,
    text: `${lastText(each, naming)} ${boundsText(each)}`,
  }));
  return [...words, mark.inDoubt ? inDoubtWords(mark, mark.inDoubt) : judgedWords(mark)];
}

function lastText({ instrument, lastPrice, lastAt, expectedUsd }: Unpriced, naming: Naming): string {
  if (lastPrice === null || lastAt === null) {
    return `Nobody has quoted it yet: it counts as the ${dollarsText(expectedUsd)} that it cost.`;
  }
  const last = priceText(lastPrice, naming(instrument).tick);
  return `The last good one was ${last}, at ${dateTime(lastAt)}: it counts as ${dollarsText(expectedUsd)}.`;
}

const boundsText = ({ worstUsd, bestUsd }: Unpriced): string =>
  `It can be worth ${dollarsText(worstUsd)} to ${dollarsText(bestUsd)}.`;

/** Between which values the account is judged, and why nothing else has happened. */
const judgedWords = ({ worstUsd, bestUsd }: Mark): UnpricedWords => ({
  title: `Judged between ${dollarsText(worstUsd)} and ${dollarsText(bestUsd)}`,
  text:
    'The assessment fails only if a limit is broken even at the highest of these values, and passes only if all is ' +
    'met even at the lowest. Deadlines go on. Until there is a price no order may add risk; closing what has a price ' +
    'works.',
});

const inDoubtWords = ({ equityUsd, bestUsd }: Mark, rule: RuleName): UnpricedWords => ({
  title: `${RULE_NAMES[rule]} in doubt`,
  text:
    `At ${dollarsText(equityUsd)}, with the last good prices, this limit is broken; at ${dollarsText(bestUsd)}, which is ` +
    'possible, it is not. So nothing has failed, and everything that has a price is closed. The verdict comes when the ' +
    'price returns or the market is resolved.',
});
