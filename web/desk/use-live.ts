'use client';

import { useEffect, useMemo, useReducer, useState } from 'react';
import type { ServerMessage } from '../../contracts/ws/messages';
import { ACCOUNT_RULES } from '../../domain/account/account-rules';
import { type AccountView, follow, noAccount } from '../lib/account-feed';
import type { Assessment, Instrument } from '../lib/contract';
import { keepEvents, keptEvents } from '../lib/kept-events';
import { changedListing } from '../lib/listing';
import { LiveClient, type LiveStatus } from '../lib/live-client';
import { QuoteBoard } from '../lib/quotes';
import { later, socketUrl } from '../session/browser-session';
import { useApi } from '../session/session-context';

/** Prices change faster than eyes: readers are told about eight times a second. */
const BEAT_MS = 120;

export type Live = {
  readonly board: QuoteBoard;
  readonly view: AccountView;
  readonly status: LiveStatus;
  readonly instruments: readonly Instrument[];
};

/**
 * The desk's line to the gateway: quotes and the state of all markets, and the account with every event in order. What
 * happened to the markets while there was no line is asked for when it is there again.
 */
export function useLive(assessment: Assessment, listed: readonly Instrument[]): Live {
  const api = useApi();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const [instruments, setInstruments] = useState(listed);
  const apply = useMemo(() => follow(ACCOUNT_RULES.decode(assessment.rules)), [assessment.rules]);
  const [view, take] = useReducer(apply, assessment, startOf);
  const board = useMemo(() => new QuoteBoard(performance.now.bind(performance), (tell) => later(tell, BEAT_MS)), []);
  const client = useMemo(
    () =>
      new LiveClient<ServerMessage>({
        url: socketUrl,
        ticket: async () => {
          const answer = await api.call('POST /realtime/tickets', {});
          return answer.ok ? answer.value.ticket : undefined;
        },
        later,
        onMessage: (message) => {
          if (message.type === 'quotes') board.take(message.quotes);
          else if (message.type === 'instrument-changed') setInstruments((known) => changedListing(known, message));
          else take(message);
        },
        onStatus: setStatus,
      }),
    [api, board],
  );
  const { accountId } = assessment;
  const { version } = assessment.account;
  const { primary } = assessment.rules.execution;
  useEffect(() => {
    client.followAccount(accountId, version);
    client.start();
    return () => client.stop();
  }, [client, accountId, version]);
  useEffect(() => client.followQuotes(instruments.map(({ id }) => id)), [client, instruments]);
  useEffect(() => {
    if (status !== 'live') return;
    const listing = { query: { venue: primary } };
    void api.call('GET /instruments', listing).then((answer) => answer.ok && setInstruments(answer.value.instruments));
  }, [api, status, primary]);
  useEffect(() => keepEvents(sessionStorage, accountId, view.events), [accountId, view.events]);
  useEffect(() => {
    if (!view.isComplete) client.refollowAccount(accountId);
  }, [client, view.isComplete, accountId]);
  return { board, view, status, instruments };
}

const startOf = ({ account, breach, violationId, reportId }: Assessment): AccountView => ({
  ...noAccount,
  snapshot: account,
  events: keptEvents(sessionStorage, account),
  breach: breach ? { rule: breach, violationId: violationId ?? undefined, usedUsd: undefined } : undefined,
  reportId: reportId ?? undefined,
  isComplete: true,
});
