'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import type { Instrument } from '../lib/contract';

const PARAMETER = 'market';

/** Which market is looked at. It stands in the page's address: a reload and a bookmark keep it. */
export function useMarket(listed: readonly Instrument[], first: Instrument) {
  const wanted = useSearchParams().get(PARAMETER);
  const instrument = listed.find(({ id }) => id === wanted) ?? listed.find(({ id }) => id === first.id) ?? first;
  const select = useCallback(({ id }: Pick<Instrument, 'id'>) => {
    const address = new URL(window.location.href);
    address.searchParams.set(PARAMETER, id);
    window.history.replaceState(null, '', address);
  }, []);
  return { instrument, select };
}
