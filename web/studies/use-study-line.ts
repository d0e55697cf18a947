'use client';

import { useEffect, useState } from 'react';
import type { ServerMessage } from '../../contracts/ws/messages';
import { LiveClient, type LiveStatus } from '../lib/live-client';
import type { StudyChange } from '../lib/odds/progress';
import { later, socketUrl } from '../session/browser-session';
import { useApi } from '../session/session-context';

/** A line that tells of one's own studies. `onChange` has to stay the same from one drawing to the next. */
export function useStudyLine(onChange: (change: StudyChange) => void): LiveStatus {
  const api = useApi();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  useEffect(() => {
    const client = new LiveClient<ServerMessage>({
      url: socketUrl,
      ticket: async () => {
        const answer = await api.call('POST /realtime/tickets', {});
        return answer.ok ? answer.value.ticket : undefined;
      },
      later,
      onMessage: (message) => message.type === 'study-changed' && onChange(message),
      onStatus: setStatus,
    });
    client.start();
    return () => client.stop();
  }, [api, onChange]);
  return status;
}
