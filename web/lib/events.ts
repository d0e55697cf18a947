import type { AccountEvent } from './account-feed';
import type { RuleName } from './contract';
import { readUsd } from './decimal';
import { change, dollarsText, priceText, qtyText } from './display';
import type { Naming } from './naming';
import { RULE_NAMES } from './rules';

export type FeedEntry = {
  readonly id: string;
  readonly at: number;
  readonly tone: 'plain' | 'gain' | 'loss' | 'alert' | 'good';
  readonly text: string;
};

type Fill = {
  readonly side: 'buy' | 'sell';
  readonly instrument: string;
  readonly qty: string;
  readonly price: string;
  readonly feeUsd: string;
  readonly realizedUsd: string;
};

/** One sentence per event that a trader cares about; undefined for those that only keep the count. */
export function feedEntry(message: AccountEvent, naming: Naming): FeedEntry | undefined {
  const said = sentence(message, naming);
  return said && { id: message.eventId, at: message.occurredAt, ...said };
}

type Said = Pick<FeedEntry, 'tone' | 'text'>;

function sentence({ event, data }: AccountEvent, naming: Naming): Said | undefined {
  switch (event) {
    case 'trading.order-filled':
      return { tone: toneOf(data.realizedUsd as string), text: fillText(data as Fill, naming) };
    case 'assessment.day-opened':
      return { tone: 'plain', text: `Trading day ${data.day} began at ${dollarsText(data.dayAnchorUsd as string)}` };
    case 'rules.violation-detected':
      return { tone: 'alert', text: violationText(data) };
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

export function fillText(fill: Fill, naming: Naming): string {
  const { unit, tick } = naming(fill.instrument);
  const verb = fill.side === 'buy' ? 'Bought' : 'Sold';
  const realized = readUsd(fill.realizedUsd);
  const gain = realized === 0n ? '' : `, realized ${change(realized)}`;
  return `${verb} ${qtyText(fill.qty)} ${unit} at ${priceText(fill.price, tick)}${gain}`;
}

const violationText = (data: Readonly<Record<string, unknown>>): string => {
  const [used, limit] = [dollarsText(data.usedUsd as string), dollarsText(data.limitUsd as string)];
  return `${RULE_NAMES[data.rule as RuleName]} broken: ${used} used of ${limit}`;
};

const toneOf = (realizedUsd: string): FeedEntry['tone'] => {
  const realized = readUsd(realizedUsd);
  if (realized === 0n) return 'plain';
  return realized > 0n ? 'gain' : 'loss';
};
