import { DARK, LIGHT } from '../palette';

const properties = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([role, color]) => `--${role}:${color}`)
    .join(';');

/** Everything the page needs is in it: it is opened from a download folder, years later, without a network. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--panel:#f6f8fa;${properties(LIGHT)}}
@media (prefers-color-scheme:dark){:root{--paper:#0f1720;--panel:#17222d;${properties(DARK)}}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
body{max-width:72rem;margin:0 auto;padding:2.5rem 1.25rem 3rem}
header p{margin:0;color:var(--muted)}
.maker{font-weight:600;letter-spacing:.01em;color:var(--ink)}
h1{font-size:1.9rem;line-height:1.2;margin:.4rem 0 .3rem;text-wrap:balance}
h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
p{margin:.4rem 0;max-width:72ch}
.verdict{display:flex;gap:1.25rem;align-items:baseline;margin:1.6rem 0;padding:1rem 1.25rem;background:var(--panel);
border-left:.3rem solid var(--muted);border-radius:.25rem}
.verdict.good{border-color:var(--target)}.verdict.bad{border-color:var(--loss)}
.verdict strong{font-size:1.35rem}.verdict p{margin:0}
.good{color:var(--target)}.bad{color:var(--loss)}
.verdict.good,.verdict.bad{color:var(--ink)}
.verdict.good strong{color:var(--target)}.verdict.bad strong{color:var(--loss)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1rem;margin:0}
.tiles div{border-top:2px solid var(--grid);padding-top:.5rem}
.tiles dt{color:var(--muted);font-size:.85rem}.tiles dd{margin:0;font-size:1.2rem;font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));column-gap:2.5rem;margin:0}
.facts div{display:flex;justify-content:space-between;gap:1rem;padding:.4rem 0;border-bottom:1px solid var(--grid)}
.facts .wide{grid-column:1/-1}
.facts dt{color:var(--muted);flex:none}.facts dd{margin:0;text-align:right;overflow-wrap:anywhere}
dd,td{font-variant-numeric:tabular-nums}
figure{margin:.5rem 0;overflow-x:auto}
svg{display:block;width:100%;min-width:34rem;height:auto;font-family:inherit}
.table{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.42rem .7rem .42rem 0;text-align:left;border-bottom:1px solid var(--grid)}
.right,th{white-space:nowrap}
td:not(.right){min-width:5.5rem;overflow-wrap:anywhere}
th{color:var(--muted);font-weight:600}
th:last-child,td:last-child{padding-right:0}
.right{text-align:right}
footer{margin-top:2.5rem;color:var(--muted);font-size:.85rem}
:focus-visible{outline:2px solid var(--equity);outline-offset:2px}
@media (max-width:34rem){.verdict{flex-direction:column;gap:.25rem}}
@media print{:root{--paper:#fff;--panel:#f6f8fa;${properties(LIGHT)}}
@page{size:A4;margin:16mm}html{font-size:11px}body{max-width:none;padding:0}svg{min-width:0}
.table,figure{overflow:visible}h2{break-after:avoid}tr,figure,.verdict,.facts div{break-inside:avoid}
thead{display:table-header-group}}
`.trim();
