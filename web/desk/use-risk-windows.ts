'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RiskWindow } from '../lib/risk-windows';
import { ServerClock } from '../lib/server-clock';
import { useApi } from '../session/session-context';
import { monotonic } from './use-quote';

export type RiskWindows = {
  /** Undefined until the platform has told them. */
  readonly windows: readonly RiskWindow[] | undefined;
  /** The platform could not be asked so far. */
  readonly isUnknown: boolean;
  /** The platform's time. */
  readonly clock: () => number;
};

/** News may be scheduled, moved or taken back at any time. */
const ASK_EVERY_MS = 30_000;

/** When orders may add no risk, by the platform's clock; asked again as time passes and when `trigger` changes. */
export function useRiskWindows(accountId: string, trigger: string): RiskWindows {
  const api = useApi();
  const clock = useMemo(() => new ServerClock(monotonic, () => Date.now()), []);
  const [windows, setWindows] = useState<readonly RiskWindow[]>();
  const [isUnknown, setUnknown] = useState(false);
  const ask = useCallback(async () => {
    if (document.hidden) return;
    const askedAt = monotonic();
    const answer = await api.call('GET /accounts/{accountId}/risk-windows', { params: { accountId } });
    setUnknown(!answer.ok);
    if (!answer.ok) return;
    clock.hear(answer.value.at, askedAt);
    setWindows(answer.value.windows);
  }, [api, accountId, clock]);
  useEffect(() => {
    const wake = () => void ask();
    wake();
    const timer = setInterval(wake, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', wake);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [ask, trigger]);
  return { windows, isUnknown: isUnknown && windows === undefined, clock: clock.now };
}
