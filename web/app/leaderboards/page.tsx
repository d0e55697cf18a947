import type { Metadata } from 'next';
import { BoardDesk } from './board-desk';

export const metadata: Metadata = { title: 'Leaderboards' };

export default function LeaderboardsPage() {
  return (
    <div className="page">
      <header className="page-head">
        <h1>Leaderboards</h1>
        <p className="muted">
          What a month returned on closed trades, fees paid, as a share of the starting balance. At least five closed
          trades, gains only; losses that are kept open count, failed assessments do not. One line a person, the best of
          all attempts. Months are of UTC, and names are masked unless their owners publish them.
        </p>
      </header>
      <BoardDesk />
    </div>
  );
}
