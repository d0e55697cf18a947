/** The bytes that `inputOf()` is written as: they are hashed and kept, so not even a space may change. */
export const EVIDENCE = `{
  "format": 2,
  "assessmentId": "a-1",
  "accountId": "c-1",
  "accountVersion": 12,
  "ruleSetVersion": 3,
  "ruleSetHash": "${'ab'.repeat(32)}",
  "rules": {
    "startingUsd": "100000.00",
    "target": {
      "profitUsd": "10000.00",
      "counts": "realized_flat",
      "closesAll": false
    },
    "maxLoss": {
      "mode": "static",
      "width": {
        "kind": "usd",
        "usd": "10000.00"
      },
      "trails": "balance",
      "testedOn": "equity",
      "lockUsd": null,
      "payoutEffect": "none"
    },
    "dailyLoss": {
      "anchor": "balance",
      "width": {
        "kind": "usd",
        "usd": "5000.00"
      },
      "severity": "fail",
      "gainCapUsd": null
    },
    "riskPerTrade": {
      "limitUsd": "10000.00",
      "severity": "fail",
      "stopWithinMs": null,
      "stopSeverity": "fail",
      "stopCorrection": null
    },
    "openLoss": null,
    "exposure": {
      "leverageMax": 5,
      "positionsMax": null,
      "positionUsdMax": null,
      "eventUsdMax": null,
      "categoryUsdMax": null,
      "netsOutcomes": false,
      "allowsBothOutcomes": true,
      "outcomePriceMin": "0",
      "outcomePriceMax": "1",
      "liquidityUsdMin": null,
      "leverageOf": []
    },
    "activity": {
      "tradesMin": 0,
      "tradeHeldMsMin": 0,
      "daysMin": 0,
      "dayCountsIf": "opened",
      "dayGainUsd": "0.00",
      "inactivityDays": null,
      "timeLimitDays": null,
      "daySizeShareMin": "0",
      "shortWins": "count"
    },
    "consistency": null,
    "conduct": {
      "weekend": "allowed",
      "news": null,
      "hedgeSignalAfterMs": null,
      "reverseSignalWithinMs": null,
      "copySignal": null
    },
    "execution": {
      "restingFills": "through",
      "latencyMs": 0,
      "liquidityShared": "all",
      "levelShareMax": "1",
      "volumeShareMax": null
    },
    "touch": "breach",
    "touchMs": 0,
    "dayZone": "UTC",
    "dayResetAt": "00:00"
  },
  "at": 1773489600000,
  "account": {
    "cashUsd": "130000.00",
    "tradesClosed": 0,
    "day": "2026-03-14",
    "dayAnchorUsd": "100000.00",
    "positions": [
      {
        "instrument": "BTC-USD",
        "qty": "1",
        "costUsd": "60000.00",
        "realizedUsd": "0.00",
        "feesUsd": "0.00",
        "openedAt": 1773489600000
      },
      {
        "instrument": "ETH-USD",
        "qty": "-30",
        "costUsd": "-90000.00",
        "realizedUsd": "0.00",
        "feesUsd": "234.00",
        "openedAt": 1773489600000
      }
    ],
    "orders": [
      {
        "orderId": "o-1",
        "instrument": "BTC-USD",
        "side": "sell",
        "qty": "1",
        "terms": {
          "type": "stop",
          "stopPrice": "50000"
        },
        "reduceOnly": true,
        "attached": null,
        "status": "open",
        "cancelReason": null,
        "placedAt": 1773489600000,
        "filledQty": "0",
        "parts": 0,
        "bookSequence": 7,
        "triggeredAt": null,
        "bestPrice": null,
        "queueAhead": null,
        "tapeSeenAt": 1773489600000,
        "worksFrom": 1773489600000,
        "entryId": null,
        "origin": "trader"
      }
    ],
    "standing": {
      "startedAt": 1773446400000,
      "activeAt": 1773446400000,
      "highWaterUsd": "100000.00",
      "dayPeakUsd": "100000.00",
      "peakedAt": 1773446400000,
      "dayBalanceUsd": "100000.00",
      "dayOpened": 0,
      "dayClosed": 0,
      "tradesCounted": 0,
      "worstTradeUsd": "0.00",
      "daysCounted": 0,
      "bestDayUsd": "0.00",
      "winningDaysUsd": "0.00",
      "isPaused": false,
      "warned": {},
      "stopCorrections": [],
      "tradeSizesUsd": "0.00",
      "daySized": 0,
      "reducedFromUsd": {},
      "bestTradeUsd": "0.00",
      "excludedWinsUsd": "0.00",
      "dayExcludedUsd": "0.00",
      "touched": {},
      "holds": {
        "now": null,
        "heldMs": 0,
        "endedAt": null
      }
    }
  },
  "quotes": [
    {
      "instrument": "BTC-USD",
      "venue": "kraken",
      "sequence": 7,
      "venueProof": "2439117997",
      "venueAt": 1773489599980,
      "receivedAt": 1773489600000,
      "bid": "59999.9",
      "bidQty": "1000000",
      "ask": "60000",
      "askQty": "1000000",
      "lastBid": null,
      "lastAsk": null
    },
    {
      "instrument": "ETH-USD",
      "venue": "kraken",
      "sequence": 7,
      "venueProof": "2439117997",
      "venueAt": 1773489599980,
      "receivedAt": 1773489600000,
      "bid": "3000",
      "bidQty": "1000000",
      "ask": "3166.66666667",
      "askQty": "1000000",
      "lastBid": null,
      "lastAsk": null
    }
  ],
  "tradingDay": {
    "day": "2026-03-14",
    "startsAt": 1773446400000,
    "endsAt": 1773532800000,
    "zones": "2026c"
  },
  "judgement": {
    "equityUsd": "94999.899999",
    "worstUsd": "94999.899999",
    "bestUsd": "94999.899999",
    "unpriced": [],
    "inDoubt": null,
    "balanceUsd": "100000.00",
    "rooms": [
      {
        "rule": "daily_loss",
        "limitUsd": "5000.00",
        "usedUsd": "5000.100001",
        "roomUsd": "-0.100001",
        "floorUsd": "95000.00"
      },
      {
        "rule": "max_drawdown",
        "limitUsd": "10000.00",
        "usedUsd": "5000.100001",
        "roomUsd": "4999.899999",
        "floorUsd": "90000.00"
      },
      {
        "rule": "risk_per_trade",
        "limitUsd": "10000.00",
        "usedUsd": "5234.000001",
        "roomUsd": "4765.999999",
        "floorUsd": null
      }
    ],
    "deadlines": [],
    "gates": [
      {
        "gate": "target_usd",
        "have": "0",
        "need": "10000000000",
        "isMet": false
      },
      {
        "gate": "flat_positions",
        "have": "2",
        "need": "0",
        "isMet": false
      }
    ],
    "verdict": "failed",
    "brokenRule": "daily_loss"
  },
  "arithmetic": [
    {
      "label": "cash",
      "value": "130000.00"
    },
    {
      "label": "BTC-USD: 1 × 59999.9",
      "value": "59999.90"
    },
    {
      "label": "ETH-USD: -30 × 3166.66666667",
      "value": "-95000.000001"
    },
    {
      "label": "equity",
      "value": "94999.899999"
    },
    {
      "label": "the day counts from",
      "value": "100000.00"
    },
    {
      "label": "width",
      "value": "5000.00"
    },
    {
      "label": "floor",
      "value": "95000.00"
    },
    {
      "label": "room",
      "value": "-0.100001"
    }
  ]
}`;
