/* The rules of monte_carlo/rules.py, over a state that is a structure. */
#include <stdint.h>

typedef int64_t whole;

/* Places in the array of terms: they follow T in monte_carlo/places.py, which the benchmark checks. */
enum {
  STARTING, TARGET, TARGET_COUNTS, CLOSES_ALL, MODE, MAX_MICROS, MAX_PPM, TRAILS, TESTED_ON, LOCK, DAILY, DAILY_ANCHOR,
  DAILY_MICROS, DAILY_PPM, DAILY_SEVERITY, GAIN_CAP, RISK, TRADES_MIN, TRADE_HELD, DAYS_MIN, DAY_COUNTS_IF, DAY_GAIN,
  INACTIVITY, INACTIVITY_BY, TIME_LIMIT, SHARE, SHARE_OF, SHARE_PER, SHARE_FAILS, TOUCH_BREAKS, TOUCH_MS, PER_DAY, HELD,
  FIRST, SLOT, KIND, WIN_PPM, WIN, LOSS, ADVERSE, FAVOURABLE, MEAN_BLOCK, START_BALANCE, START_HIGH_WATER, START_DAYS,
  START_BEST_DAY, START_WINNING_DAYS, START_TRADES, START_WORST_TRADE, START_BEST_TRADE, EXCLUDED, START_ACTIVE,
  WORST_DAY, WORST_HELD, WORST_SLOT
};

enum { OPEN, PASSED, FAILED, PAUSED, CLOSE };
enum { NONE, DAILY_LOSS, MAX_DRAWDOWN, RISK_PER_TRADE, LATE_INACTIVITY, LATE_TIME_LIMIT, CONSISTENCY };
enum { STATIC, EOD, CLOSED, INTRADAY };
enum { BY_FILL, BY_OPENED, BY_CLOSED };
enum { CENT = 10000, MILLION = 1000000 };
#define NO_ROOM (INT64_C(1) << 62)
#define NEVER (INT64_C(1) << 61)

typedef struct {
  whole balance, open, floated, opened_at, high_water, day_peak, day_anchor, day_balance, day_opened, day_closed, paused;
  whole days_counted, best_day, winning_days, trades, worst_trade, best_trade, active_at, day, peak, peak_day, drawdown;
  whole under_water, daily_floor, max_floor;
} State;

typedef struct { whole verdict, rule; } Verdict;
typedef struct { whole result, worst, best; } Trade;

static inline whole larger(whole a, whole b) { return a > b ? a : b; }
static inline whole smaller(whole a, whole b) { return a < b ? a : b; }

/* A share is rounded up, as by a floor of the negative. */
static inline whole width_of(whole micros, whole ppm, whole cents) {
  if (ppm < 0) return micros;
  whole product = cents * ppm, quotient = product / 100;
  return quotient + (product % 100 > 0);
}

static inline void set_daily_floor(const whole *t, State *s) {
  whole anchor = t[DAILY_ANCHOR] == 4 ? s->day_peak : s->day_anchor;
  s->daily_floor = t[DAILY] ? anchor * CENT - width_of(t[DAILY_MICROS], t[DAILY_PPM], anchor) : -NO_ROOM;
}

static inline void set_max_floor(const whole *t, State *s) {
  whole floor = s->high_water * CENT - width_of(t[MAX_MICROS], t[MAX_PPM], s->high_water);
  s->max_floor = smaller(floor, t[LOCK]);
}

static inline int is_broken(const whole *t, whole room) { return t[TOUCH_BREAKS] ? room <= 0 : room < 0; }

static inline whole daily_room(const State *s) { return (s->balance + s->floated) * CENT - s->daily_floor; }

static inline whole max_room(const whole *t, const State *s) {
  return (s->balance + (t[TESTED_ON] ? 0 : s->floated)) * CENT - s->max_floor;
}

static inline whole risk_room(const whole *t, const State *s) {
  whole closed = s->worst_trade * CENT;
  return t[RISK] - larger(closed >= t[RISK] ? closed : 0, -s->floated * CENT);
}

static inline Verdict missed(const whole *t, const State *s, whole at) {
  whole idle = s->active_at + t[INACTIVITY], over = t[TIME_LIMIT];
  if (smaller(idle, over) > at) return (Verdict){0, 0};
  return over < idle ? (Verdict){LATE_TIME_LIMIT, over} : (Verdict){LATE_INACTIVITY, idle};
}

static inline int day_counts(const whole *t, const State *s) {
  switch (t[DAY_COUNTS_IF]) {
    case 0: return s->day_opened > 0;
    case 1: return s->day_closed > 0;
    case 2: return (s->balance - s->day_balance) * CENT >= t[DAY_GAIN];
    default: return 1;
  }
}

static inline whole profit_of(const whole *t, whole cents) { return cents - t[STARTING] - t[EXCLUDED]; }

typedef struct { whole best, total; } Share;

static inline Share share_of(const whole *t, const State *s) {
  whole today = s->balance - s->day_balance;
  whole best = t[SHARE_PER] ? larger(s->best_trade, 0) : larger(s->best_day, today);
  return (Share){best, t[SHARE_OF] ? s->winning_days + larger(today, 0) : profit_of(t, s->balance)};
}

typedef struct { int target, counts, share; } Gates;

static inline Gates gates_of(const whole *t, const State *s) {
  whole counted = s->balance + (t[TARGET_COUNTS] == 2 ? s->floated : 0);
  Gates gates = {profit_of(t, counted) * CENT >= t[TARGET], s->trades >= t[TRADES_MIN], 1};
  if (t[DAYS_MIN] > 0) gates.counts &= s->days_counted + day_counts(t, s) >= t[DAYS_MIN];
  if (t[SHARE] >= 0) {
    Share share = share_of(t, s);
    gates.share = share.total > 0 && share.best * MILLION <= t[SHARE] * share.total;
  }
  return gates;
}

static inline int closes_at_target(const whole *t, const State *s) {
  whole realized = profit_of(t, s->balance);
  if ((realized + s->floated) * CENT < t[TARGET]) return 0;
  if (realized * CENT < t[TARGET]) return 1;
  Gates gates = gates_of(t, s);
  return gates.target && gates.counts && gates.share;
}

static inline Verdict verdict_of(const whole *t, const State *s, whole at, int stood) {
  whole daily = daily_room(s), largest = max_room(t, s), risk = risk_room(t, s);
  int is_daily = is_broken(t, daily), is_max = is_broken(t, largest), is_risk = is_broken(t, risk);
  int fails_daily = is_daily && t[DAILY_SEVERITY] == 0;
  int is_flat = !s->open, counts_now = stood || is_flat || t[TOUCH_MS] == 0;
  whole rule = 0, room = NO_ROOM;
  if (fails_daily && counts_now) rule = DAILY_LOSS, room = daily;
  if (is_max && (counts_now || t[TESTED_ON]) && largest < room) rule = MAX_DRAWDOWN, room = largest;
  if (is_risk && (counts_now || is_broken(t, t[RISK] - s->worst_trade * CENT)) && risk < room) rule = RISK_PER_TRADE;
  Verdict late = missed(t, s, at);
  if (late.verdict && (!rule || late.rule < at)) return (Verdict){FAILED, late.verdict};
  if (rule) return (Verdict){FAILED, rule};
  if (t[TARGET] != NEVER && !(is_daily || is_max || is_risk) && (is_flat || t[TARGET_COUNTS])) {
    Gates gates = gates_of(t, s);
    if (gates.target && gates.counts) {
      if (gates.share) return (Verdict){PASSED, 0};
      if (t[SHARE_FAILS] == 1 && share_of(t, s).total > 0) return (Verdict){FAILED, CONSISTENCY};
    }
  }
  if (t[DAILY]) {
    int closes = t[DAILY_SEVERITY] == 2;
    if (!s->paused || (closes && !is_flat)) {
      int acts = is_daily && !fails_daily;
      whole day = (s->balance - s->day_balance) * CENT;
      if (s->paused || acts || day >= t[GAIN_CAP]) return (Verdict){PAUSED, 0};
    }
  }
  if (!is_flat && t[CLOSES_ALL] == 1 && closes_at_target(t, s)) return (Verdict){CLOSE, 0};
  return (Verdict){OPEN, 0};
}

static inline void raise_high_water(const whole *t, State *s, whole value) {
  if (value <= s->high_water) return;
  s->high_water = value;
  set_max_floor(t, s);
}

static inline void close_trade(const whole *t, State *s, whole at) {
  whole result = s->floated;
  s->balance += result;
  s->floated = s->open = 0;
  s->day_closed += 1;
  s->trades += at - s->opened_at >= t[TRADE_HELD];
  s->worst_trade = larger(s->worst_trade, -result);
  s->best_trade = larger(s->best_trade, result);
  if (t[INACTIVITY_BY] != BY_OPENED) s->active_at = at;
  if (t[MODE] == CLOSED) raise_high_water(t, s, s->balance);
}

static inline void open_trade(const whole *t, State *s, whole at) {
  s->open = 1;
  s->floated = 0;
  s->opened_at = at;
  s->day_opened += 1;
  if (t[INACTIVITY_BY] != BY_CLOSED) s->active_at = at;
}

static inline void begin_day(const whole *t, State *s) {
  s->day_balance = s->day_peak = s->balance;
  s->day_anchor = t[DAILY] && t[DAILY_ANCHOR] == 0 ? t[STARTING] : s->balance;
  s->day_opened = s->day_closed = s->paused = 0;
  set_daily_floor(t, s);
}

static inline void open_day(const whole *t, State *s) {
  whole result = s->balance - s->day_balance;
  s->days_counted += day_counts(t, s);
  s->best_day = larger(s->best_day, result);
  s->winning_days += larger(result, 0);
  if (t[MODE] == EOD) raise_high_water(t, s, s->balance);
  begin_day(t, s);
}

static inline void follow(State *s) {
  whole equity = s->balance + s->floated;
  if (equity >= s->peak) {
    s->peak = equity;
    s->peak_day = s->day;
    return;
  }
  s->drawdown = larger(s->drawdown, s->peak - equity);
  s->under_water = larger(s->under_water, s->day - s->peak_day);
}

static inline int is_touched(const whole *t, const State *s) {
  if (t[TOUCH_MS] == 0) return 0;
  int fails_daily = t[DAILY_SEVERITY] == 0 && is_broken(t, daily_room(s));
  return fails_daily || is_broken(t, max_room(t, s)) || is_broken(t, risk_room(t, s));
}

static inline void raise_marks(const whole *t, State *s) {
  whole equity = s->balance + s->floated;
  if (t[MODE] == INTRADAY) {
    whole trailed = t[TRAILS] == 0 ? s->balance : t[TRAILS] == 1 ? equity : larger(s->balance, equity);
    raise_high_water(t, s, trailed);
  }
  if (t[DAILY] && t[DAILY_ANCHOR] == 4 && equity > s->day_peak) {
    s->day_peak = equity;
    set_daily_floor(t, s);
  }
}

static __attribute__((noinline)) Verdict judge_closely(const whole *t, State *s, whole at) {
  int has_paused = 0, has_closed = 0, stood = 0;
  whole now = at;
  for (;;) {
    Verdict verdict = verdict_of(t, s, now, stood);
    if (verdict.verdict == PAUSED && !has_paused) {
      int closes = t[DAILY_SEVERITY] == 2 && s->open && !has_closed;
      if (!s->paused || closes) {
        has_paused = s->paused = 1;
        if (closes) close_trade(t, s, now);
        continue;
      }
    }
    if (verdict.verdict == CLOSE && !has_closed) {
      has_closed = 1;
      close_trade(t, s, now);
      continue;
    }
    follow(s);
    if (verdict.verdict == PASSED || verdict.verdict == FAILED) {
      if (s->open) close_trade(t, s, now);
      return verdict;
    }
    int touched = !stood && is_touched(t, s);
    raise_marks(t, s);
    if (!touched) return (Verdict){OPEN, 0};
    stood = 1;
    has_paused = has_closed = 0;
    now = at + t[TOUCH_MS];
  }
}

/* No limit, no target and no deadline is reached: nine of ten judgements. */
static inline int is_quiet(const whole *t, const State *s, whole at) {
  int limits = (daily_room(s) > 0) & (max_room(t, s) > 0) & (risk_room(t, s) > 0);
  int target = profit_of(t, s->balance + larger(s->floated, 0)) * CENT < t[TARGET];
  int pause = !s->paused & ((s->balance - s->day_balance) * CENT < t[GAIN_CAP]);
  return limits & target & pause & (smaller(s->active_at + t[INACTIVITY], t[TIME_LIMIT]) > at);
}

static inline Verdict judge(const whole *t, State *s, whole at) {
  if (!is_quiet(t, s, at)) return judge_closely(t, s, at);
  follow(s);
  raise_marks(t, s);
  return (Verdict){OPEN, 0};
}
