'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { type Command, foreseen, isForeseeable, type Outcomes } from '../lib/commands';
import { isGrave } from '../lib/outlook';
import { useApi } from '../session/session-context';
import type { Orders } from './use-orders';

/** A command that waits for a second word; `outcomes` undefined: what it would do cannot be told at the moment. */
export type Asked = { readonly command: Command; readonly outcomes: Outcomes | undefined };

export type Asking = {
  readonly orders: Orders;
  readonly asked: Asked | undefined;
  readonly confirm: () => void;
  readonly dismiss: () => void;
};

type Foreseen = Parameters<typeof foreseen>[2];

const ASK_EVERY_MS = 3_000;
/** Nobody waits longer to get out than this before being asked without an answer. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * Sends what harms nothing at once; what would break a rule, now or once it fills, waits for a second word. What the
 * platform refuses anyway is sent as it is, so that the refusal stands where it belongs.
 */
export function useAsking(accountId: string, orders: Orders, tickOf: (instrument: string) => string): Asking {
  const api = useApi();
  const [asked, setAsked] = useState<Asked>();
  const [checking, setChecking] = useState<Command>();
  const latest = useRef(0);
  const look = useCallback(
    (command: Foreseen) => foreseen(api, accountId, command, { newOrderId: uuidv7(), tickOf }),
    [api, accountId, tickOf],
  );
  const { send } = orders;
  const ask = useCallback(
    async (command: Command) => {
      if (!isForeseeable(command)) return send(command);
      const mine = ++latest.current;
      setChecking(command);
      const answer = await Promise.race([look(command), silence()]);
      if (mine !== latest.current) return;
      setChecking(undefined);
      if (!answer || isUntold(answer)) return setAsked({ command, outcomes: undefined });
      if (answer.ok && answer.value.outlooks.some(isGrave)) return setAsked({ command, outcomes: answer.value });
      send(command);
    },
    [look, send],
  );
  const dismiss = useCallback(() => {
    latest.current++;
    setAsked(undefined);
  }, []);
  useAskedAgain(asked, look, setAsked);
  const confirm = () => {
    dismiss();
    if (asked) send(asked.command);
  };
  const guarded = useMemo<Orders>(
    () => ({
      ...orders,
      outcome: checking ? { kind: 'sending', command: checking } : orders.outcome,
      send: (command) => void ask(command),
    }),
    [orders, checking, ask],
  );
  return { orders: guarded, asked, confirm, dismiss };
}

/** Nobody answered, or nobody could: neither a refusal nor a yes. */
const isUntold = (answer: Awaited<ReturnType<typeof foreseen>>): boolean =>
  !answer.ok && (answer.problem.status === 0 || answer.problem.status >= 500);

const silence = () => new Promise<undefined>((wake) => setTimeout(() => wake(undefined), ANSWER_WITHIN_MS));

/** While somebody makes up his mind prices go on. */
function useAskedAgain(
  asked: Asked | undefined,
  look: (command: Foreseen) => ReturnType<typeof foreseen>,
  setAsked: (change: (before: Asked | undefined) => Asked | undefined) => void,
): void {
  const command = asked?.command;
  useEffect(() => {
    if (!command || !isForeseeable(command)) return;
    const timer = setInterval(async () => {
      const answer = await look(command);
      if (!answer.ok) return;
      setAsked((before) => (before?.command === command ? { command, outcomes: answer.value } : before));
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [command, look, setAsked]);
}
