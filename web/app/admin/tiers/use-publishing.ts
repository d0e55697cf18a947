import { useState } from 'react';
import type { Problem } from '../../../../contracts/http/problem';
import type { Fault } from '../../../../domain/kernel/result';
import type { Tier, TierBody } from '../../../lib/contract';
import { type Draft, tidied } from '../../../lib/tiers/draft';
import { draftFaults } from '../../../lib/tiers/faults';
import { useApi } from '../../../session/session-context';

type Refused = { readonly faults: readonly Fault[]; readonly problem: Problem | undefined };

const NOT_REFUSED: Refused = { faults: [], problem: undefined };

/** What has not the form of a tier is not asked about; what the platform refuses is said like it. */
export function usePublishing(draft: Draft, onChange: (draft: Draft) => void, onPublished: (tier: Tier) => void) {
  const api = useApi();
  const [refused, setRefused] = useState(NOT_REFUSED);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const ask = () => {
    const faults =
      draft.unreadable === undefined ? draftFaults(draft) : [{ field: 'body', rule: 'must be JSON that can be read' }];
    onChange(tidied(draft));
    setRefused({ faults, problem: undefined });
    setAsked(faults.length === 0);
  };
  const publish = async () => {
    if (isBusy) return;
    setBusy(true);
    const answer = await api.call('PUT /admin/tiers/{slug}', {
      params: { slug: draft.slug },
      body: draft.data as TierBody,
    });
    setBusy(false);
    setAsked(false);
    if (answer.ok) return onPublished(answer.value);
    setRefused({ faults: answer.problem.errors ?? [], problem: answer.problem });
  };
  return { ...refused, isAsked, isBusy, ask, publish: () => void publish(), dismiss: () => setAsked(false) };
}
