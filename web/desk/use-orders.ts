'use client';

import { useCallback, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../contracts/http/problem';
import { mayHaveHappened } from '../lib/answer';
import { type Command, type Done, sendCommand } from '../lib/commands';
import { useApi } from '../session/session-context';

export type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending'; readonly command: Command }
  | { readonly kind: 'done'; readonly command: Command; readonly done: Done }
  | { readonly kind: 'refused'; readonly command: Command; readonly problem: Problem };

export type Orders = {
  readonly outcome: Outcome;
  readonly send: (command: Command) => void;
  readonly clear: () => void;
};

const RETRIES = 2;
const RETRY_AFTER_MS = 400;

/**
 * Sends commands, one at a time. An order's id makes it safe to send again while it is unknown whether it arrived, and
 * pressing the same after a lost answer sends the same id.
 */
export function useOrders(accountId: string): Orders {
  const api = useApi();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const unsure = useRef<{ readonly command: string; readonly orderId: string } | undefined>(undefined);
  const isSending = useRef(false);
  const send = useCallback(
    async (command: Command) => {
      if (isSending.current) return;
      isSending.current = true;
      const identity = JSON.stringify(command);
      const orderId = unsure.current?.command === identity ? unsure.current.orderId : uuidv7();
      setOutcome({ kind: 'sending', command });
      const once = () => sendCommand(api, accountId, command, orderId);
      let answer = await once();
      for (let retry = 0; retry < RETRIES && !answer.ok && mayHaveHappened(answer.problem); retry++) {
        await new Promise((wake) => setTimeout(wake, RETRY_AFTER_MS * 2 ** retry));
        answer = await once();
      }
      isSending.current = false;
      unsure.current = !answer.ok && mayHaveHappened(answer.problem) ? { command: identity, orderId } : undefined;
      setOutcome(
        answer.ok
          ? { kind: 'done', command, done: answer.value }
          : { kind: 'refused', command, problem: answer.problem },
      );
    },
    [api, accountId],
  );
  const clear = useCallback(() => setOutcome({ kind: 'none' }), []);
  return { outcome, send: (command) => void send(command), clear };
}
