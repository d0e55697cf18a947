'use client';

import { useEffect, useRef, useState } from 'react';
import type { EquityPoint } from '../lib/contract';

const SAMPLE_EVERY_MS = 2_000;
const SAMPLES_MAX = 1_800;

/** Samples the live equity every two seconds, so that the line goes on where the recorded points end. */
export function useEquityTrail(equityUsd: string | undefined, balanceUsd: string): readonly EquityPoint[] {
  const [trail, setTrail] = useState<readonly EquityPoint[]>([]);
  const latest = useRef<Omit<EquityPoint, 'at'> | undefined>(undefined);
  useEffect(() => {
    latest.current = equityUsd === undefined ? undefined : { equityUsd, balanceUsd };
  }, [equityUsd, balanceUsd]);
  useEffect(() => {
    const timer = setInterval(() => {
      const point = latest.current;
      if (!point || document.hidden) return;
      setTrail((before) => [...before.slice(1 - SAMPLES_MAX), { at: Date.now(), ...point }]);
    }, SAMPLE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return trail;
}
