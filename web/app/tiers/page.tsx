import type { Metadata } from 'next';
import { RuleMeanings } from '../../parts/rule-list';
import { TierShop } from './tier-shop';

export const metadata: Metadata = { title: 'Tiers' };

export default function TiersPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Choose an assessment</h1>
        <p className="lead">
          Every tier is one virtual account and one set of rules. The rules are pinned on the day you buy; a later
          change of the tier never changes yours.
        </p>
      </header>
      <h2 className="hidden">Tiers on sale</h2>
      <TierShop />
      <section aria-labelledby="meanings" className="card">
        <h2 id="meanings">What each rule means</h2>
        <RuleMeanings />
      </section>
    </div>
  );
}
