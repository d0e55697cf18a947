'use client';

import { useEffect, useMemo, useState } from 'react';
import type { ServerMessage } from '../../../contracts/ws/messages';
import type { BoardLine, Leaderboard } from '../../lib/contract';
import { LiveClient } from '../../lib/live-client';
import { later, socketUrl } from '../../session/browser-session';
import { useApi, useSessionState } from '../../session/session-context';
import { type Loaded, useReply } from '../../session/use-reply';

/** Without a live line the board is read again so often; one's own place always is. */
const AGAIN_MS = 30_000;

type First = Pick<Leaderboard, 'isWhole' | 'total' | 'lines' | 'next'>;

/** The first lines of a board and one's own place: live for who is signed in, read again now and then for others. */
export function useLeaderboard(
  tier: string,
  month: string,
): { readonly first: Loaded<First>; readonly own: BoardLine | undefined } {
  const api = useApi();
  const isSignedIn = useSessionState().kind === 'signed-in';
  const query = useMemo(() => ({ query: { tier, month } }), [tier, month]);
  const { reply, reload } = useReply('GET /leaderboards', query);
  const own = useReply('GET /leaderboards/own', isSignedIn ? query : undefined);
  const [live, setLive] = useState<First>();
  const client = useMemo(
    () =>
      new LiveClient<ServerMessage>({
        url: socketUrl,
        ticket: async () => {
          const answer = await api.call('POST /realtime/tickets', {});
          return answer.ok ? answer.value.ticket : undefined;
        },
        later,
        onMessage: (message) => message.type === 'leaderboard' && setLive(message),
        onStatus: (status) => status !== 'live' && setLive(undefined),
      }),
    [api],
  );
  useEffect(() => {
    if (!isSignedIn) return;
    client.followLeaderboard({ tier, month });
    client.start();
    return () => {
      client.unfollowLeaderboard({ tier, month });
      client.stop();
    };
  }, [client, isSignedIn, tier, month]);
  const reloadOwn = own.reload;
  useEffect(() => {
    const timer = setInterval(() => {
      reload();
      reloadOwn();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload, reloadOwn]);
  const known = own.reply.state === 'ok' ? (own.reply.value.line ?? undefined) : undefined;
  const first: Loaded<First> = live ? { state: 'ok', value: live } : reply;
  const shown = first.state === 'ok' ? first.value.lines.find(({ row }) => row === known?.row) : undefined;
  return { first, own: shown ?? known };
}
