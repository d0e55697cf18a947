import type { Preview, StudyBody } from '../contract';
import { dollarsText } from '../display';
import { readPrice, readUsd } from '../read-decimal';
import type { Ticket } from '../ticket-draft';

export type TicketRisk =
  | { readonly kind: 'known'; readonly riskUsd: string }
  | { readonly kind: 'unknown'; readonly why: string };

const unknown = (why: string): TicketRisk => ({ kind: 'unknown', why });

/** What an order may lose at its stop, every fee included, as the platform foresees it; up to the next dollar. */
export function ticketRisk(ticket: Ticket | undefined, preview: Preview | undefined): TicketRisk {
  if (!ticket) return unknown('Write the order first.');
  const stop = ticket.stopLoss ?? null;
  if (stop === null) return unknown('Odds need a stop loss: without one nobody knows what this order may lose.');
  if (!preview) return unknown('What the order would do is not known yet; try again in a moment.');
  const exit = preview.exits.find(({ price }) => readPrice(price) === readPrice(stop));
  const netUsd = exit?.netUsd ?? null;
  if (netUsd === null) return unknown('What this order may lose is known once it would fill at once.');
  const lost = -readUsd(netUsd);
  if (lost <= 0n) return unknown('At its stop this order loses nothing, so that there is no size to compare.');
  return { kind: 'known', riskUsd: String((lost + 999_999n) / 1_000_000n) };
}

/** Enough for a first look: a trader waits for it beside an order. */
const DAYS = 60;
const PATHS = 10_000;

export const sizeQuestion = (assessmentId: string, riskUsd: string, studyId: string): StudyBody => ({
  studyId,
  subject: { kind: 'assessment', assessmentId },
  trades: { kind: 'own' },
  days: DAYS,
  paths: PATHS,
  compareRiskUsd: riskUsd,
});

export const riskNote = (riskUsd: string): string =>
  `If each of your trades risked ${dollarsText(riskUsd)}, as this order does, over ${DAYS} trading days.`;
