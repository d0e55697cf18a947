/*
 * The kernel of eks-workloads/monte-carlo/ray once more, as somebody writes it who wants it fast in C: the same
 * generator, the same rules, the same outcomes. `npm run bench -- montecarlo` measures the other one against it.
 */
#include <string.h>

#include "rules.h"

enum { COLUMNS = 6 };

static inline Verdict play_trade(const whole *t, State *s, whole at, whole held, Trade trade) {
  Verdict verdict = missed(t, s, at);
  if (verdict.verdict) return (Verdict){FAILED, verdict.verdict};
  if (s->paused) return (Verdict){OPEN, 0};
  open_trade(t, s, at);
  verdict = judge(t, s, at);
  whole low = smaller(trade.result, 0), high = larger(trade.result, 0), nth = 0;
  for (int turn = 0; turn < 2; turn++) {
    whole visit = (turn == 0) == (trade.result > 0) ? trade.worst : trade.best;
    if (visit >= low && visit <= high) continue;
    if (!s->open) return verdict;
    nth += 1;
    s->floated = visit;
    verdict = judge(t, s, at + held * nth / 3);
  }
  if (!s->open) return verdict;
  s->floated = trade.result;
  close_trade(t, s, at + held);
  return judge(t, s, at + held);
}

static inline void philox(uint32_t c[4], uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = UINT64_C(0xD2511F53) * c[0], product1 = UINT64_C(0xCD9E8D57) * c[2];
    c[0] = (uint32_t)(product1 >> 32) ^ c[1] ^ k0;
    c[1] = (uint32_t)product1;
    c[2] = (uint32_t)(product0 >> 32) ^ c[3] ^ k1;
    c[3] = (uint32_t)product0;
    k0 += 0x9E3779B9, k1 += 0xBB67AE85;
  }
}

static inline Trade drawn_odds(const whole *t, whole outcome, whole against) {
  if (outcome * MILLION < t[WIN_PPM] << 32) {
    whole worst = (whole)((uint64_t)(((against * t[LOSS]) >> 32) * t[ADVERSE]) / MILLION);
    return (Trade){t[WIN], -worst, t[WIN]};
  }
  whole best = (whole)((uint64_t)(((against * t[WIN]) >> 32) * t[FAVOURABLE]) / MILLION);
  return (Trade){-t[LOSS], -t[LOSS], best};
}

typedef struct {
  const whole *starts, *traded, *past, *worst_day;
  whole days, past_count, worst_count;
  uint32_t key0, key1;
} Course;

static inline Trade trade_at(const whole *trades, whole count, whole nth) {
  return (Trade){trades[nth], trades[count + nth], trades[2 * count + nth]};
}

static inline Verdict play_path(const whole *t, const Course *c, State *s, whole *ends, uint64_t path) {
  *s = (State){.balance = t[START_BALANCE], .peak = t[START_BALANCE], .high_water = t[START_HIGH_WATER],
               .days_counted = t[START_DAYS], .best_day = t[START_BEST_DAY], .winning_days = t[START_WINNING_DAYS],
               .trades = t[START_TRADES], .worst_trade = t[START_WORST_TRADE], .best_trade = t[START_BEST_TRADE],
               .active_at = t[START_ACTIVE], .day = 1, .peak_day = 1};
  set_max_floor(t, s);
  begin_day(t, s);
  whole last = -1, per_day = t[PER_DAY];
  for (whole day = 0; day < c->days; day++) {
    s->day = day + 1;
    if (day > 0) open_day(t, s);
    Verdict verdict = judge(t, s, c->starts[day]);
    if (verdict.verdict) return verdict;
    for (whole slot = 0; slot < (c->traded[day] ? per_day : 0); slot++) {
      uint32_t words[4] = {(uint32_t)(day * per_day + slot), 0, (uint32_t)path, (uint32_t)(path >> 32)};
      philox(words, c->key0, c->key1);
      Trade trade;
      if (t[KIND] == 0) {
        trade = drawn_odds(t, words[0], words[1]);
      } else {
        int begins = last < 0 || (whole)words[3] * t[MEAN_BLOCK] < INT64_C(1) << 32;
        last = begins ? ((whole)words[2] * c->past_count) >> 32 : (last + 1) % c->past_count;
        trade = trade_at(c->past, c->past_count, last);
      }
      if (day == t[WORST_DAY]) continue;
      verdict = play_trade(t, s, c->starts[day] + t[FIRST] + slot * t[SLOT], t[HELD], trade);
      if (verdict.verdict) return verdict;
    }
    for (whole slot = 0; slot < (day == t[WORST_DAY] ? c->worst_count : 0); slot++) {
      Trade trade = trade_at(c->worst_day, c->worst_count, slot);
      verdict = play_trade(t, s, c->starts[day] + t[FIRST] + slot * t[WORST_SLOT], t[WORST_HELD], trade);
      if (verdict.verdict) return verdict;
    }
    ends[day] = s->balance;
  }
  s->day = c->days + 1;
  open_day(t, s);
  return judge(t, s, c->starts[c->days]);
}

/* `fan` has a row of `bins` for each day; a path that has ended stays in it with what it ended with. */
void play(const whole *terms, const Course *course, whole first, whole count, whole *out, whole *fan, whole bins) {
  whole t[WORST_SLOT + 1], ends[366];
  memcpy(t, terms, sizeof t);
  const Course c = *course;
  whole width = (t[STARTING] + 499) / 500;
  for (whole row = 0; row < count; row++) {
    State s;
    Verdict verdict = play_path(t, &c, &s, ends, (uint64_t)(first + row));
    whole told[COLUMNS] = {verdict.verdict, verdict.rule, s.day, s.balance, s.drawdown, s.under_water};
    memcpy(out + row * COLUMNS, told, sizeof told);
    for (whole day = 0; day < c.days; day++) {
      whole end = day + 1 < s.day ? ends[day] : s.balance;
      fan[day * bins + smaller(larger(end / width, 0), bins - 1)] += 1;
    }
  }
}
