'use client';

import { useEffect, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../contracts/http/problem';
import { type Intent, previewCommand } from '../lib/commands';
import type { Preview } from '../lib/contract';
import { useApi } from '../session/session-context';

export type Previewed =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  /** `isOld`: of the ticket before its last change, until the new answer is there. */
  | { readonly kind: 'shown'; readonly preview: Preview; readonly isOld: boolean }
  | { readonly kind: 'refused'; readonly problem: Problem };

const AFTER_TYPING_MS = 300;
const ASK_EVERY_MS = 3_000;
/** What is refused will mostly stay refused until it is written anew: the platform is asked less and less often. */
const ASK_REFUSED_MAX_MS = 60_000;

/**
 * What the platform would do with the ticket or the change now; asked when it has changed and as prices move, but not
 * while it is being sent: the answer would be about a second one.
 */
export function usePreview(accountId: string, intent: Intent | undefined, isSending = false): Previewed {
  const api = useApi();
  const identity = intent && JSON.stringify(intent);
  const [shown, setShown] = useState<{ readonly identity: string; readonly previewed: Previewed }>();
  useEffect(() => {
    if (identity === undefined || isSending) return;
    let waitMs = ASK_EVERY_MS;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (!document.hidden) {
        const answer = await previewCommand(api, accountId, JSON.parse(identity) as Intent, uuidv7());
        if (isGone) return;
        const previewed: Previewed = answer.ok
          ? { kind: 'shown', preview: answer.value, isOld: false }
          : { kind: 'refused', problem: answer.problem };
        setShown({ identity, previewed });
        waitMs = answer.ok ? ASK_EVERY_MS : Math.min(waitMs * 2, ASK_REFUSED_MAX_MS);
      }
      timer = setTimeout(() => void ask(), waitMs);
    };
    timer = setTimeout(() => void ask(), AFTER_TYPING_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, accountId, identity, isSending]);
  if (identity === undefined) return NONE;
  if (shown?.identity === identity) return shown.previewed;
  return shown?.previewed.kind === 'shown' ? { ...shown.previewed, isOld: true } : ASKING;
}

const NONE: Previewed = { kind: 'none' };
const ASKING: Previewed = { kind: 'asking' };
