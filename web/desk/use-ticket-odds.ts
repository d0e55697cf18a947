'use client';

import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../contracts/http/problem';
import type { Study } from '../lib/contract';
import { hasEnded } from '../lib/odds/progress';
import { sizeQuestion, type TicketRisk } from '../lib/odds/ticket-risk';
import { useApi } from '../session/session-context';

export type TicketOdds =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'asking'; readonly study: Study | undefined }
  | { readonly kind: 'known'; readonly study: Study; readonly riskUsd: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

const NONE: TicketOdds = { kind: 'none' };
const READ_EVERY_MS = 1_000;

type Asked = { readonly identity: string; readonly odds: TicketOdds };

/**
 * What the size of a ticket does to the odds, once somebody asks. An answer belongs to the ticket as it was: it
 * vanishes when `identity` is another, and what is still being played for it is cancelled.
 */
export function useTicketOdds(assessmentId: string, identity: string) {
  const api = useApi();
  const [asked, setAsked] = useState<Asked>();
  const current = useRef(identity);
  const running = useRef<string>(undefined);
  useEffect(() => {
    current.current = identity;
    return () => {
      current.current = '';
      const studyId = running.current;
      running.current = undefined;
      if (studyId !== undefined) void api.call('DELETE /studies/{studyId}', { params: { studyId } });
    };
  }, [api, identity]);
  const odds = asked?.identity === identity ? asked.odds : NONE;
  const ask = async (risk: TicketRisk) => {
    const show = (next: TicketOdds) => {
      if (current.current === identity) setAsked({ identity, odds: next });
    };
    if (odds.kind === 'asking') return;
    if (risk.kind === 'unknown') return show({ kind: 'missing', why: risk.why });
    show({ kind: 'asking', study: undefined });
    let answer = await api.call('POST /studies', { body: sizeQuestion(assessmentId, risk.riskUsd, uuidv7()) });
    while (answer.ok && !hasEnded(answer.value)) {
      const { studyId } = answer.value;
      if (current.current !== identity) {
        void api.call('DELETE /studies/{studyId}', { params: { studyId } });
        return;
      }
      running.current = studyId;
      show({ kind: 'asking', study: answer.value });
      await wait(READ_EVERY_MS);
      answer = await api.call('GET /studies/{studyId}', { params: { studyId } });
    }
    running.current = undefined;
    show(
      answer.ok
        ? { kind: 'known', study: answer.value, riskUsd: risk.riskUsd }
        : { kind: 'refused', problem: answer.problem },
    );
  };
  return { odds, ask: (risk: TicketRisk) => void ask(risk) };
}

const wait = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));
