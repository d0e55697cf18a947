'use client';

import type { ReactNode } from 'react';
import type { Tier } from '../lib/contract';
import { useReply } from '../session/use-reply';
import { ProblemNotice } from './notice';
import { TierCard } from './tier-card';

const NOTHING = {};

type TierListProps = { readonly action: (tier: Tier) => ReactNode };

/** The tiers on sale. The place of each card is held while they load. */
export function TierList({ action }: TierListProps) {
  const { reply, reload } = useReply('GET /tiers', NOTHING);
  if (reply.state === 'problem') {
    return (
      <ProblemNotice problem={reply.problem}>
        <button type="button" className="button button-quiet" onClick={reload}>
          Try again
        </button>
      </ProblemNotice>
    );
  }
  if (reply.state === 'loading') {
    return (
      <div className="tier-list" role="status" aria-label="Loading tiers">
        {['a', 'b', 'c', 'd', 'e'].map((place) => (
          <div key={place} className="card tier-card placeholder" />
        ))}
      </div>
    );
  }
  if (reply.value.tiers.length === 0) return <p className="muted">Nothing is on sale right now.</p>;
  return (
    <div className="tier-list">
      {reply.value.tiers.map((tier) => (
        <TierCard key={tier.tierId} tier={tier}>
          {action(tier)}
        </TierCard>
      ))}
    </div>
  );
}
