import type { Metadata } from 'next';
import { FeeNote } from '../../parts/fee-note';
import { TierShop } from './tier-shop';

export const metadata: Metadata = { title: 'Tiers' };

export default function TiersPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Choose an assessment</h1>
        <p className="lead">
          A tier is traded in one or more phases, each in a virtual account of its own. Its rules are pinned on the day
          you buy; a later change of the tier never changes yours.
        </p>
      </header>
      <h2 className="hidden">Tiers on sale</h2>
      <TierShop />
      <FeeNote />
    </div>
  );
}
