'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../contracts/http/problem';
import type { Given, Reply, RouteKey } from '../lib/contract';
import { useApi } from './session-context';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'problem'; readonly problem: Problem };

/** Reads a route once, again whenever `given` changes, and whenever `reload` is called; the last answer wins. */
export function useReply<K extends RouteKey>(
  key: K,
  given: Given<K> | undefined,
): { readonly reply: Loaded<Reply<K>>; readonly reload: () => void } {
  const api = useApi();
  const [reply, setReply] = useState<Loaded<Reply<K>>>({ state: 'loading' });
  const latest = useRef(0);
  const identity = given === undefined ? undefined : JSON.stringify(given);
  const reload = useCallback(() => {
    if (identity === undefined) return;
    const turn = ++latest.current;
    void api.call<K>(key, JSON.parse(identity)).then((answer) => {
      if (turn !== latest.current) return;
      setReply(answer.ok ? { state: 'ok', value: answer.value } : { state: 'problem', problem: answer.problem });
    });
  }, [api, key, identity]);
  useEffect(() => {
    reload();
    return () => {
      latest.current++;
    };
  }, [reload]);
  return { reply, reload };
}
