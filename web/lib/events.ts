import type { AccountEvent, ClosingReason, Order, RuleName } from './contract';
import { change, dateTime, dollarsText, priceText, qtyText } from './display';
import { HOLDS, type Hold } from './holds';
import type { Naming } from './naming';
import { CANCEL_REASONS, CLOSED_FOR, ticketText } from './order-text';
import { readUsd } from './read-decimal';
import { RULE_NAMES } from './rules';

export type FeedEntry = {
  readonly id: string;
  readonly at: number;
  readonly tone: 'plain' | 'gain' | 'loss' | 'warn' | 'alert' | 'good';
  readonly text: string;
};

type Fill = {
  readonly side: 'buy' | 'sell';
  readonly instrument: string;
  readonly qty: string;
  readonly price: string;
  readonly realizedUsd: string;
  readonly feeUsd?: string | undefined;
  readonly closedFor?: ClosingReason | undefined;
};

/** One sentence per event that a trader cares about; undefined for those that only keep the count. */
export function feedEntry(message: AccountEvent, naming: Naming): FeedEntry | undefined {
  const said = sentence(message, naming);
  return said && { id: message.eventId, at: message.occurredAt, ...said };
}

type Said = Pick<FeedEntry, 'tone' | 'text'>;

function sentence({ event, data }: AccountEvent, naming: Naming): Said | undefined {
  const rule = RULE_NAMES[data.rule as RuleName];
  switch (event) {
    case 'trading.order-filled':
      return { tone: toneOf(data.realizedUsd as string), text: fillText(data as Fill, naming) };
    case 'trading.order-placed':
    case 'trading.order-amended':
    case 'trading.order-triggered':
    case 'trading.order-cancelled':
      return orderSentence({ event, data }, naming);
    case 'trading.position-settled':
      return { tone: toneOf(data.realizedUsd as string), text: settledText(data, naming) };
    case 'assessment.day-opened':
      return { tone: 'plain', text: `Trading day ${data.day} began at ${dollarsText(data.dayAnchorUsd as string)}` };
    case 'assessment.payout-taken': {
      const [left, yours] = [data.amountUsd, data.traderUsd].map((amount) => dollarsText(amount as string));
      return { tone: 'good', text: `A payout of ${left} left the account; ${yours} of it is yours` };
    }
    case 'assessment.capital-grown': {
      const [added, capital] = [data.addedUsd, data.capitalUsd].map((amount) => dollarsText(amount as string));
      return {
        tone: 'good',
        text: `The account grew by ${added}: it trades ${capital} now, and its limits grew with it`,
      };
    }
    case 'rules.trading-paused':
      return { tone: 'warn', text: `Trading is paused until the next trading day: ${rule.toLowerCase()}` };
    case 'assessment.held':
      return { tone: 'alert', text: `${HOLDS[data.hold as Hold].title}: orders that add risk are refused` };
    case 'assessment.released':
      return { tone: 'good', text: 'The payment stands again: trading goes on' };
    case 'rules.stop-corrected':
      return { tone: 'warn', text: correctedText(data, naming) };
    case 'rules.limit-touched':
      return {
        tone: 'alert',
        text: `${rule}: prices break it now; it fails if they still do when it has stood long enough`,
      };
    case 'rules.limit-recovered':
      return { tone: 'good', text: `${rule}: prices no longer break it, and nothing has failed` };
    case 'rules.limit-warned':
      return { tone: 'warn', text: `More than ${data.percent} % of a limit is used: ${rule.toLowerCase()}` };
    case 'rules.violation-detected':
      return { tone: 'alert', text: violationText(rule, data) };
    case 'assessment.abandoned':
      return { tone: 'alert', text: `Assessment failed: ${RULE_NAMES[data.breach as RuleName].toLowerCase()}` };
    case 'assessment.completed':
      return { tone: 'good', text: `Assessment passed with ${dollarsText(data.equityUsd as string)}` };
    case 'report.ready':
      return { tone: 'plain', text: 'The report is ready' };
    default:
      return undefined;
  }
}

/** A market order never rests, so its fill says it all. */
function orderSentence({ event, data }: Pick<AccountEvent, 'event' | 'data'>, naming: Naming): Said | undefined {
  const order = data.order as Order | null;
  if (!order) return undefined;
  const text = ticketText(order, naming);
  switch (event) {
    case 'trading.order-placed':
      return { tone: 'plain', text: `Order placed: ${text}` };
    case 'trading.order-amended':
      return data.amendedFor === 'instrument_changed'
        ? { tone: 'warn', text: `The venue trades in other steps now. Order changed: ${text}` }
        : { tone: 'plain', text: `Order changed: ${text}` };
    case 'trading.order-triggered':
      return { tone: 'plain', text: `Stop reached: ${text}` };
    default: {
      const reason = order.cancelReason ? `: ${CANCEL_REASONS[order.cancelReason]}` : '';
      return { tone: 'plain', text: `Order ended (${text})${reason}` };
    }
  }
}

export function fillText(fill: Fill, naming: Naming): string {
  const { unit, tick } = naming(fill.instrument);
  const verb = fill.side === 'buy' ? 'Bought' : 'Sold';
  const said = `${verb} ${qtyText(fill.qty)} ${unit} at ${priceText(fill.price, tick)}${realizedText(fill.realizedUsd)}`;
  const fee = fill.feeUsd === undefined || readUsd(fill.feeUsd) === 0n ? '' : `, fee ${dollarsText(fill.feeUsd)}`;
  return `${said}${fee}${fill.closedFor ? `; the platform closed it: ${CLOSED_FOR[fill.closedFor]}` : ''}`;
}

const realizedText = (realizedUsd: string): string => {
  const realized = readUsd(realizedUsd);
  return realized === 0n ? '' : `, realized ${change(realized)}`;
};

type Data = AccountEvent['data'];

function settledText(data: Data, naming: Naming): string {
  const { unit } = naming(data.instrument as string);
  const what = `${qtyText(data.qty as string)} ${unit}`;
  const paid = dollarsText(data.paidUsd as string);
  const realized = realizedText(data.realizedUsd as string);
  return data.corrects === true
    ? `The payout of ${what} was corrected: ${paid}${realized}`
    : `${what} ${isCoin(data.instrument as string) ? 'was delisted and settled for' : 'resolved and paid'} ${paid}${realized}`;
}

/** An outcome's id ends with what the outcome is called. */
const isCoin = (instrument: string): boolean => instrument.endsWith('-USD') && !/^PM-.+-/.test(instrument);

function correctedText(data: Data, naming: Naming): string {
  const { unit } = naming(data.instrument as string);
  return `No stop-loss for ${unit}: place it before ${dateTime(data.dueAt as number)}. Corrections left: ${data.left}`;
}

function violationText(rule: string, data: Data): string {
  if (typeof data.dueAt === 'number') return `${rule} broken: it was due at ${dateTime(data.dueAt)}`;
  if (typeof data.usedUsd !== 'string' || typeof data.limitUsd !== 'string') return `${rule} broken`;
  const [used, limit] = [dollarsText(data.usedUsd), dollarsText(data.limitUsd)];
  if (data.rule === 'consistency') return `${rule} broken: the best result made ${used}, at most ${limit} were allowed`;
  return `${rule} broken: ${used} used of ${limit}`;
}

const toneOf = (realizedUsd: string): FeedEntry['tone'] => {
  const realized = readUsd(realizedUsd);
  if (realized === 0n) return 'plain';
  return realized > 0n ? 'gain' : 'loss';
};
