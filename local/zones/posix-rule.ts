import { invariant } from '../../domain/kernel/invariant';

/** A POSIX rule in the words of the table: minutes east of UTC, and where clocks change the two days of each year. */
export function tailOf(posix: string): string {
  const found = /^(?:<[^>]+>|[A-Za-z]+)([-+\d:]+)(?:(?:<[^>]+>|[A-Za-z]+)([-+\d:]*),(.+),(.+))?$/.exec(posix);
  invariant(found !== null, `a rule such as CET-1CEST,M3.5.0,M10.5.0/3, not ${posix}`);
  const [, west = '', summerWest, from, until] = found;
  const standard = -minutesOf(west);
  if (from === undefined || until === undefined) return `${standard}`;
  const summer = summerWest ? -minutesOf(summerWest) : standard + 60;
  return [standard, summer, dayOf(from), dayOf(until)].join(' ');
}

/** `M10.5.0/3` → `10.5.0/180`: in October, of the Sundays the last, 180 minutes into the day. */
function dayOf(rule: string): string {
  const [day = '', time = '2'] = rule.split('/');
  invariant(/^M\d+\.\d\.\d$/.test(day), `a day such as M10.5.0, not ${day}`);
  return `${day.slice(1)}/${minutesOf(time)}`;
}

function minutesOf(time: string): number {
  const [hours = '', minutes = '0'] = time.replace(/^[-+]/, '').split(':');
  return (time.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
