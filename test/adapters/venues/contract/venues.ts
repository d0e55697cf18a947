import type { FaultName } from '../../../../local/simulators/faults';
import { instrumentNames } from '../../../../local/simulators/kalshi/names';
import {
  type Listing,
  OUTCOMES,
  type OutcomeListing,
  SPOTS,
  type SpotListing,
} from '../../../../local/simulators/truth/listing';
import { captured } from '../../../captures/captured';
import { binanceFrames } from '../binance/captured-frames';
import { KALSHI_FRAMES } from '../kalshi/frames';
import { VenueLab } from '../venue-lab';

const [BTC, RAIN] = [SPOTS[0] as SpotListing, OUTCOMES[2] as OutcomeListing];

/** What the suite has to know of a venue. */
export type VenueCase = {
  readonly venue: string;
  readonly open: () => Promise<VenueLab>;
  /** The instrument that is looked at, as we call it and as the truth lists it. */
  readonly id: string;
  readonly listing: Listing;
  /** Faults that each lose something of one frame. */
  readonly losses: readonly FaultName[];
  /** Whether a loss is counted once for each book that it concerns, or once. */
  readonly countsEachBook: boolean;
  /** Whether silence is seen by the venue's own sign of life, so that the book is told as stale. */
  readonly hasHeartbeat: boolean;
  /** Frames as the venue sends them. */
  readonly frames: readonly string[];
};

const shapes = (names: readonly string[]): readonly string[] => names.map((name) => JSON.stringify(captured(name)));

/** Every venue that there is a connector of. */
export const VENUES: readonly VenueCase[] = [
  {
    venue: 'kraken',
    open: () => VenueLab.kraken() as Promise<VenueLab>,
    id: BTC.id,
    listing: BTC,
    losses: ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price', 'checksum'],
    countsEachBook: false,
    hasHeartbeat: true,
    frames: shapes(['kraken/ws_book_snapshot', 'kraken/ws_book_update', 'kraken/ws_trade_update']),
  },
  {
    venue: 'coinbase',
    open: () => VenueLab.coinbase() as Promise<VenueLab>,
    id: BTC.id,
    listing: BTC,
    losses: ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price', 'jump'],
    countsEachBook: false,
    hasHeartbeat: true,
    frames: shapes(
      ['l2_data_snapshot', 'l2_data_update', 'market_trades', 'heartbeats', 'subscriptions', 'ticker'].map(
        (name) => `coinbase/ws_${name}`,
      ),
    ),
  },
  {
    venue: 'kalshi',
    open: () => VenueLab.kalshi() as Promise<VenueLab>,
    id: instrumentNames(RAIN.id).yes,
    listing: RAIN,
    losses: ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price', 'jump'],
    countsEachBook: false,
    hasHeartbeat: true,
    frames: KALSHI_FRAMES,
  },
  {
    venue: 'binance',
    open: () => VenueLab.binance() as Promise<VenueLab>,
    id: 'BTC-USDT',
    listing: BTC,
    losses: ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price', 'jump'],
    countsEachBook: false,
    hasHeartbeat: true,
    // Those of a symbol that we follow, as if it were bitcoin.
    frames: binanceFrames().map((text) => text.replaceAll('COMPUSDT', 'BTCUSDT').replaceAll('compusdt', 'btcusdt')),
  },
  {
    venue: 'polymarket',
    open: () => VenueLab.polymarket() as Promise<VenueLab>,
    id: `PM-${RAIN.slug}-YES`,
    listing: RAIN,
    losses: ['drop', 'reorder', 'malformed', 'negative', 'nan', 'price'],
    countsEachBook: true,
    hasHeartbeat: false,
    frames: shapes(
      ['book', 'last_trade', 'price_change', 'tick_size', 'resolved'].map((name) => `polymarket/ws_market_${name}_msg`),
    ),
  },
];
