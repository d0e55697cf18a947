import type { Odds } from '../lib/contract';
import { type Chance, chanceText, shareOf, sizeText } from '../lib/odds/chances';

const OUTCOMES = [
  { slug: 'passed', name: 'Passes' },
  { slug: 'failed', name: 'Fails' },
  { slug: 'open', name: 'Still open' },
] as const;

/** Size against outcome: the darker a field, the more paths come to it. It is a table, and reads as one. */
export const SizeMap = ({ sizes }: Pick<Odds, 'sizes'>) => (
  <table className="odds-map">
    <caption className="hidden">Chance of each outcome by size; 1× is the size as it is traded</caption>
    <thead>
      <tr>
        <th scope="col">Size</th>
        {OUTCOMES.map(({ slug, name }) => (
          <th key={slug} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {sizes.map(({ size, ...chances }) => (
        <tr key={size} className={size === '1' ? 'odds-map-own' : undefined}>
          <th scope="row">
            {sizeText(size)}
            {size === '1' && <span className="muted"> as traded</span>}
          </th>
          {OUTCOMES.map(({ slug }) => (
            <MapField key={slug} slug={slug} chance={chances[slug]} />
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** Per cent of the colour at most: figures stay readable on it. */
const DEEPEST = 45;

function MapField({ slug, chance }: { readonly slug: string; readonly chance: Chance }) {
  const depth = Math.round(Number(chance.share) * DEEPEST);
  const background = `color-mix(in srgb, var(--odds-${slug}) ${depth}%, var(--surface))`;
  return (
    <td style={{ background }} title={chanceText(chance)}>
      {shareOf(chance.share)}
    </td>
  );
}
