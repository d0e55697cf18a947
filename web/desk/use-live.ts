'use client';

import { useEffect, useMemo, useReducer, useState } from 'react';
import { type AccountView, follow, noAccount } from '../lib/account-feed';
import type { Assessment } from '../lib/contract';
import { LiveClient, type LiveStatus, type Socket } from '../lib/live-client';
import { QuoteBoard } from '../lib/quotes';
import { later } from '../session/browser-session';
import { useApi } from '../session/session-context';

/** Prices change faster than eyes: readers are told about eight times a second. */
const BEAT_MS = 120;

export type Live = { readonly board: QuoteBoard; readonly view: AccountView; readonly status: LiveStatus };

/** The desk's line to the gateway: quotes of all instruments, and the account with every event in order. */
export function useLive(assessment: Assessment, instruments: readonly string[]): Live {
  const api = useApi();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const [view, take] = useReducer(follow, assessment, startOf);
  const board = useMemo(() => new QuoteBoard(performance.now.bind(performance), (tell) => later(tell, BEAT_MS)), []);
  const client = useMemo(
    () =>
      new LiveClient({
        ticket: async () => {
          const answer = await api.call('POST /realtime/tickets', {});
          return answer.ok ? answer.value.ticket : undefined;
        },
        open: openSocket,
        later,
        random: Math.random,
        onMessage: (message) => (message.type === 'quotes' ? board.take(message.quotes) : take(message)),
        onStatus: setStatus,
      }),
    [api, board],
  );
  const { accountId } = assessment;
  useEffect(() => {
    client.followQuotes(instruments);
    client.followAccount(accountId);
    client.start();
    return () => client.stop();
  }, [client, accountId, instruments]);
  useEffect(() => {
    if (!view.isComplete) client.refollowAccount(accountId);
  }, [client, view.isComplete, accountId]);
  return { board, view, status };
}

const startOf = ({ account, breach, violationId, reportId }: Assessment): AccountView => ({
  ...noAccount,
  snapshot: account,
  breach: breach ? { rule: breach, violationId: violationId ?? undefined, usedUsd: undefined } : undefined,
  reportId: reportId ?? undefined,
  isComplete: true,
});

function openSocket(ticket: string): Socket {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${window.location.host}/ws?ticket=${encodeURIComponent(ticket)}`) as Socket;
}
