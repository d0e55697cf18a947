import type { Tier } from '../../../lib/contract';
import { roundDollarsText } from '../../../lib/display';
import { secondChance, shapeText } from '../../../lib/programs';
import { ScrollTable } from '../../../parts/scroll-table';

type TierTableProps = { readonly tiers: readonly Tier[]; readonly onChange: (tier: Tier) => void };

/** What is on sale, and the version in which it is sold. */
export const TierTable = ({ tiers, onChange }: TierTableProps) => (
  <section className="panel command-panel" aria-label="On sale">
    <h2>On sale</h2>
    {tiers.length === 0 && <p className="muted empty-line">Nothing is on sale: start from what a firm publishes.</p>}
    {tiers.length > 0 && (
      <ScrollTable
        label="Table of tiers on sale"
        columns={[
          { name: 'Tier', kind: 'words' },
          { name: 'Price', kind: 'words' },
          { name: 'Version', kind: 'words' },
          { name: 'Shape', kind: 'words' },
          { name: 'Action', kind: 'actions' },
        ]}
      >
        {tiers.map((tier) => (
          <tr key={tier.tierId}>
            <th scope="row" className="words">
              {tier.name}
              <span className="cell-note">{tier.slug}</span>
            </th>
            <td className="words" data-label="Price">
              {roundDollarsText(tier.priceUsd)}
            </td>
            <td className="words" data-label="Version">
              {tier.ruleSetVersion}
            </td>
            <td className="words" data-label="Shape">
              <span>
                {shapeText(tier)}
                <span className="cell-note">{secondChance(tier)}</span>
              </span>
            </td>
            <td className="row-actions">
              <button type="button" className="button button-small" onClick={() => onChange(tier)}>
                Change<span className="hidden"> {tier.name}</span>
              </button>
            </td>
          </tr>
        ))}
      </ScrollTable>
    )}
  </section>
);
