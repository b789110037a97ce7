/** Light and dark, on a screen and on paper; a file of its own where a page allows no styles within. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #fff; --card: #fff; --ink: #1d1c1d; --soft: #5c5b60; --line: #dddce2; --good: #2f7d5b; --bad: #c2453c; --open: #9a978f; --bar: #4a6fa5; --track: #eceaf0; }
@media (prefers-color-scheme: dark) { :root { --ground: #17181b; --card: #1f2024; --ink: #e9e8ea; --soft: #a9a7b0; --line: #37383e; --good: #5fb58d; --bad: #e8786f; --open: #77756f; --bar: #7fa3d8; --track: #2b2c32; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 36px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 0 0 2px; }
p { margin: 0 0 10px; }
.soft, .period { color: var(--soft); }
.soft { font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 14px; margin: 22px 0; padding: 0; list-style: none; }
.tiles li, section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; }
.tiles b { display: block; font-size: 27px; line-height: 1.25; font-weight: 650; }
.tiles span { color: var(--soft); font-size: 13px; }
.cards { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.wide { grid-column: 1 / -1; }
table { width: 100%; border-collapse: collapse; margin-top: 8px; font-size: 14px; }
th { text-align: left; font-weight: 500; color: var(--soft); font-size: 12.5px; border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; }
td { border-bottom: 1px solid var(--line); padding: 6px 10px 6px 0; vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.bar { width: 28%; min-width: 70px; vertical-align: middle; }
svg { display: block; width: 100%; }
/* Narrower it would be read by nobody: it is pushed aside instead. */
.chart { overflow-x: auto; } .chart svg { min-width: 680px; }
svg text { fill: var(--soft); font-size: 11px; font-family: inherit; }
svg .good { fill: var(--good); } svg .bad { fill: var(--bad); } svg .open { fill: var(--open); } svg .plain { fill: var(--bar); } svg .track { fill: var(--track); }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin: 0 5px 0 12px; vertical-align: baseline; }
.key.good { background: var(--good); margin-left: 0; } .key.bad { background: var(--bad); } .key.open { background: var(--open); }
blockquote { margin: 6px 0 0; padding-left: 10px; border-left: 3px solid var(--line); color: var(--soft); font-size: 13px; }
footer { margin-top: 22px; color: var(--soft); font-size: 13px; }
footer li { margin-bottom: 3px; }
@media (max-width: 720px) { .cards { grid-template-columns: minmax(0, 1fr); } main { padding: 22px 14px 40px; } }
@media print { :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --track: #eee; --good: #2f7d5b; --bad: #c2453c; --open: #9a978f; --bar: #4a6fa5; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } main { max-width: none; padding: 0; } section, .tiles li { break-inside: avoid; } }
`;
