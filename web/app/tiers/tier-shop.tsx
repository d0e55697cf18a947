'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../../contracts/http/problem';
import { isIdSpent, unreadable } from '../../lib/answer';
import type { Tier } from '../../lib/contract';
import { roundDollarsText } from '../../lib/display';
import { isWebAddress, signInPath } from '../../lib/page-path';
import { ProblemNotice } from '../../parts/notice';
import { TierList } from '../../parts/tier-list';
import { useApi, useSessionState } from '../../session/session-context';

export function TierShop() {
  const { buy, buying, problem } = useCheckout();
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <TierList
        action={(tier) => (
          <button
            type="button"
            className="button button-main button-wide"
            aria-disabled={buying !== undefined}
            onClick={() => void buy(tier)}
          >
            {buying === tier.slug ? 'Opening checkout…' : <BuyText tier={tier} />}
          </button>
        )}
      />
    </>
  );
}

const BuyText = ({ tier }: { readonly tier: Tier }) => (
  <span>
    Buy<span className="hidden"> {tier.name}</span> for {roundDollarsText(tier.priceUsd)}
  </span>
);

/** The purchase id is kept until an answer came: a press that got lost on the way is repeated, not doubled. */
function useCheckout() {
  const api = useApi();
  const router = useRouter();
  const state = useSessionState();
  const purchaseIds = useRef(new Map<string, string>());
  const [buying, setBuying] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const buy = async ({ slug }: Tier) => {
    if (buying !== undefined) return;
    if (state.kind !== 'signed-in') return router.push(signInPath('/tiers/'));
    const purchaseId = purchaseIds.current.get(slug) ?? uuidv7();
    purchaseIds.current.set(slug, purchaseId);
    setBuying(slug);
    setProblem(undefined);
    const answer = await api.call('POST /purchases', { body: { purchaseId, tierSlug: slug } });
    if (answer.ok && isWebAddress(answer.value.checkoutUrl)) {
      purchaseIds.current.delete(slug);
      return window.location.assign(answer.value.checkoutUrl);
    }
    setBuying(undefined);
    setProblem(answer.ok ? unreadable(200, purchaseId) : answer.problem);
    if (!answer.ok && isIdSpent(answer.problem)) purchaseIds.current.delete(slug);
  };
  return { buy, buying, problem };
}
