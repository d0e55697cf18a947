'use client';

import { type FormEvent, useState } from 'react';
import type { Problem } from '../../contracts/http/problem';
import type { Answer } from '../lib/answer';

export type Submit = {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** Sends a form once at a time; `send` gets the fields' text by name, `done` the answer's value. */
export function useSubmit<T>(
  send: (field: (name: string) => string) => Promise<Answer<T>>,
  done: (value: T) => void,
): Submit {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const data = new FormData(event.currentTarget);
    setBusy(true);
    void send((name) => String(data.get(name) ?? '')).then((answer) => {
      setBusy(false);
      setProblem(answer.ok ? undefined : answer.problem);
      if (answer.ok) done(answer.value);
    });
  };
  return { isBusy, problem, onSubmit };
}
