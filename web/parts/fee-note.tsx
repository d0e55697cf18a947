'use client';

import type { Reply } from '../lib/contract';
import { feeText } from '../lib/fees';
import { VENUE_NAMES } from '../lib/venues';
import { useReply } from '../session/use-reply';

const NOTHING = {};

type VenueFees = Reply<'GET /fees'>['fees'][number];

/** What fills cost, where a tier is chosen: it is the one cost that every trade has. Nothing while it is not known. */
export function FeeNote() {
  const { reply } = useReply('GET /fees', NOTHING);
  if (reply.state !== 'ok' || reply.value.fees.length === 0) return null;
  return (
    <div className="card fee-note">
      <h3>Fees, as the venues ask them</h3>
      <ul>
        {reply.value.fees.map((fees) => (
          <li key={`${fees.venue} ${fees.kind}`}>{venueText(fees)}</li>
        ))}
      </ul>
      <p className="fine">
        Each fill pays its fee, going in and getting out, and both count against every limit: the room that the desk
        shows is what is left once the way out is paid for.
      </p>
    </div>
  );
}

const KINDS = { spot: 'Crypto', outcome: 'Predictions' } as const;

/** Markets of one venue may differ: these are the dearest. */
const venueText = ({ venue, kind, takerFee, makerFee }: VenueFees): string =>
  `${KINDS[kind]} at ${VENUE_NAMES[venue]}: at most ${feeText(takerFee)} for what fills at once, ` +
  `${feeText(makerFee)} for what rests first`;
