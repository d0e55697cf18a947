import type { ChartOptions, DeepPartial, Time } from 'lightweight-charts';
import { date, dateTime, hourMinute, timeOfDay } from '../lib/display';

export type ChartColours = Readonly<Record<'ink' | 'muted' | 'line' | 'accent' | 'gain' | 'loss' | 'surface', string>>;

/** The page's own colours, as they are in the theme of this moment. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    accent: colour('accent'),
    gain: colour('gain'),
    loss: colour('loss'),
    surface: colour('surface'),
  };
}

export function chartOptions(): DeepPartial<ChartOptions> {
  const { muted, line, surface } = chartColours();
  return {
    layout: {
      background: { color: surface },
      textColor: muted,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
      // The footer names the library and links to its makers, as its licence asks; a link in a picture cannot be
      // reached.
      attributionLogo: false,
    },
    crosshair: { horzLine: { labelBackgroundColor: muted }, vertLine: { labelBackgroundColor: muted } },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    // A figure at the edge stands whole or not at all.
    rightPriceScale: { borderColor: line, entireTextOnly: true },
    timeScale: {
      borderColor: line,
      timeVisible: true,
      secondsVisible: true,
      rightOffset: 3,
      tickMarkFormatter: tickText,
    },
    // Zooming must not take the wheel away from the page.
    handleScale: { mouseWheel: false },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    localization: { locale: 'en-GB', timeFormatter: (time: Time) => dateTime(msOf(time)) },
  };
}

/** The library itself would write UTC; the page shows the trader's own time everywhere. */
const msOf = (time: Time): number => (typeof time === 'number' ? time * 1000 : 0);

/** Kinds up to the day of the month stand where a new day begins. */
const DAY_OF_MONTH = 2;
/** Only a few minutes are in the picture: whole minutes would be the same text again and again. */
const WITH_SECONDS = 4;
function tickText(time: Time, kind: number): string {
  const at = msOf(time);
  if (kind <= DAY_OF_MONTH) return date(at);
  return kind === WITH_SECONDS ? timeOfDay(at) : hourMinute(at);
}

/** Calls back when the system's or the page's theme changes. */
export function onThemeChange(changed: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  window.addEventListener('themechange', changed);
  return () => {
    system.removeEventListener('change', changed);
    window.removeEventListener('themechange', changed);
  };
}
