'use client';

import { useCallback, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../contracts/http/problem';
import { mayHaveHappened } from '../lib/answer';
import type { PlacedOrder } from '../lib/contract';
import type { Side } from '../lib/ticket';
import { useApi } from '../session/session-context';

type Order = { readonly instrument: string; readonly side: Side; readonly qty: string };

export type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending'; readonly order: Order }
  | { readonly kind: 'filled'; readonly placed: PlacedOrder }
  | { readonly kind: 'refused'; readonly order: Order; readonly problem: Problem };

export type Orders = { readonly outcome: Outcome; readonly place: (order: Order) => void; readonly clear: () => void };

const RETRIES = 2;
const RETRY_AFTER_MS = 400;

/**
 * Sends market orders, one at a time. The order's id makes it safe to send again while it is unknown whether it
 * arrived, and pressing the same order after a lost answer sends the same id.
 */
export function useOrders(accountId: string): Orders {
  const api = useApi();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const unsure = useRef<{ readonly order: string; readonly orderId: string } | undefined>(undefined);
  const isSending = useRef(false);
  const place = useCallback(
    async (order: Order) => {
      if (isSending.current) return;
      isSending.current = true;
      const identity = JSON.stringify(order);
      const orderId = unsure.current?.order === identity ? unsure.current.orderId : uuidv7();
      setOutcome({ kind: 'sending', order });
      const send = () =>
        api.call('POST /accounts/{accountId}/orders', {
          params: { accountId },
          body: { orderId, type: 'market', ...order },
        });
      let answer = await send();
      for (let retry = 0; retry < RETRIES && !answer.ok && mayHaveHappened(answer.problem); retry++) {
        await new Promise((wake) => setTimeout(wake, RETRY_AFTER_MS * 2 ** retry));
        answer = await send();
      }
      isSending.current = false;
      unsure.current = !answer.ok && mayHaveHappened(answer.problem) ? { order: identity, orderId } : undefined;
      setOutcome(
        answer.ok ? { kind: 'filled', placed: answer.value } : { kind: 'refused', order, problem: answer.problem },
      );
    },
    [api, accountId],
  );
  const clear = useCallback(() => setOutcome({ kind: 'none' }), []);
  return { outcome, place: (order) => void place(order), clear };
}
