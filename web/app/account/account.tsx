'use client';

import { useReply } from '../../session/use-reply';
import { BoardChoiceForm } from './board-choice-form';
import { ChangePassword } from './change-password';
import { Profile } from './profile';
import { SessionList } from './session-list';

const NOTHING = {};

/** A new password ends the other sessions, so the list is read again. */
export function Account() {
  const { reply, reload } = useReply('GET /auth/sessions', NOTHING);
  return (
    <div className="account">
      <div className="account-person">
        <Profile />
        <BoardChoiceForm />
        <ChangePassword changed={reload} />
      </div>
      {/* Last, because it grows when it has been read. */}
      <SessionList reply={reply} reload={reload} />
    </div>
  );
}
