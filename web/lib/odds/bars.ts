import type { Odds } from '../contract';
import { countText, roundDollarsText } from '../display';
import { partText } from './chances';
import { END_KINDS, type EndKind, endName, kindOf } from './rules';

/** More bars than this are no picture any more: days are put together then. */
const BARS_MAX = 45;

/** A part of a bar stands on `below` paths of other kinds. */
export type Part = {
  readonly kind: EndKind;
  readonly below: number;
  readonly paths: number;
  readonly title: string;
};
export type Bar = { readonly from: number; readonly to: number; readonly parts: readonly Part[] };

/** How many days one bar holds, so that all days fit. */
export const daysPerBar = (days: number): number => Math.ceil(days / BARS_MAX);

const daysName = (from: number, to: number): string => (from === to ? `Day ${from}` : `Days ${from} to ${to}`);

/** Verdicts by day, stacked by what led to them; what stays open to the end has none. */
export function endBars({ ends, paths: all }: Odds): readonly Bar[] {
  const verdicts = ends.filter(({ outcome }) => outcome !== 'open');
  const last = verdicts.reduce((most, { day }) => Math.max(most, day), 1);
  const width = daysPerBar(last);
  return Array.from({ length: Math.ceil(last / width) }, (_, index) => {
    const [from, to] = [index * width + 1, Math.min((index + 1) * width, last)];
    const here = verdicts.filter(({ day }) => day >= from && day <= to);
    return { from, to, parts: stackOf(here, `${daysName(from, to)}: `, all) };
  });
}

/** Ends of the same kind put together, each on those below it. */
function stackOf(ends: Odds['ends'], when: string, all: number): readonly Part[] {
  const parts: Part[] = [];
  let below = 0;
  for (const { slug, name } of END_KINDS) {
    const paths = ends.filter((end) => kindOf(end) === slug).reduce((sum, end) => sum + end.paths, 0);
    if (paths === 0) continue;
    parts.push({ kind: slug, below, paths, title: `${when}${name}, ${partText(paths, all)} of all paths` });
    below += paths;
  }
  return parts;
}

/** What ends it at all, most frequent first. */
export function endShares({ ends, paths: all }: Odds): readonly { kind: EndKind; name: string; share: string }[] {
  const sums = new Map<EndKind, { name: string; paths: number }>();
  for (const end of ends) {
    const paths = (sums.get(kindOf(end))?.paths ?? 0) + end.paths;
    sums.set(kindOf(end), { name: endName(end), paths });
  }
  return [...sums]
    .sort(([, a], [, b]) => b.paths - a.paths)
    .map(([kind, { name, paths }]) => ({ kind, name, share: partText(paths, all) }));
}

export type Column = { readonly label: string; readonly paths: number; readonly title: string };

export const drawdownColumns = ({ drawdowns, paths: all }: Odds): readonly Column[] =>
  drawdowns.map(({ upToUsd, paths }) => {
    const label = roundDollarsText(upToUsd);
    return { label, paths, title: `Below ${label}: ${partText(paths, all)} of all paths` };
  });

export function underWaterColumns({ underWaterDays, paths: all }: Odds): readonly Column[] {
  const most = underWaterDays.reduce((least, { days }) => Math.max(least, days), 0);
  const width = daysPerBar(most + 1);
  return Array.from({ length: Math.ceil((most + 1) / width) }, (_, index) => {
    const [from, to] = [index * width, Math.min((index + 1) * width - 1, most)];
    const paths = underWaterDays
      .filter(({ days }) => days >= from && days <= to)
      .reduce((sum, each) => sum + each.paths, 0);
    const days = from === to ? countText(from, 'day') : `${from} to ${to} days`;
    return {
      label: from === to ? String(from) : `${from}–${to}`,
      paths,
      title: `${days}: ${partText(paths, all)} of all paths`,
    };
  });
}
