/** Colours by day; each text has at least 4.5 to 1 on what it stands on. */
const light = `
  color-scheme: light;
  --paper: #fbfaf7; --card: #fffefb; --ink: #211e1a; --soft: #5f594f; --line: #e3ddd1; --thread: #2b4a8b; --mark: #a03a2c; --on-thread: #fffefb;`

/** And by night. */
const dark = `
  color-scheme: dark;
  --paper: #15171b; --card: #1c1f24; --ink: #e9e5dc; --soft: #aaa498; --line: #30343b; --thread: #a3baf3; --mark: #e79a8a; --on-thread: #15171b;`

/** Fonts, colours, and what holds everywhere. */
const base = `
:root {${light}
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", STSong, SimSun, serif;
  --sans: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${dark}
} }
:root[data-theme="dark"] {${dark}
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-start: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.65 var(--sans); line-break: strict; overflow-wrap: anywhere; }
`

/** The selvage: the woven edge that keeps a cloth from fraying. */
const selvage = `body::before {
  content: ""; display: block; block-size: .5rem;
  background:
    repeating-linear-gradient(90deg, transparent 0 6px, var(--paper) 6px 8px),
    linear-gradient(var(--thread) 0 50%, var(--mark) 50% 62%, var(--thread) 62%);
}
h1, h2, h3, h4, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3, h4 { font-family: var(--serif); line-height: 1.3; text-wrap: balance; }
`

/** Chinese titles break at their commas and spaces, where they read as phrases; a run that is too long still breaks anywhere. */
const titles = `h1, h2, h3, h4, .title { word-break: keep-all; }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--line); text-decoration-thickness: 1px; text-underline-offset: .22em; }
a:hover { color: var(--thread); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--thread); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
button, input { font: inherit; color: inherit; }
`

/** A title of another direction still stands on the page's side. */
const direction = `[dir="auto"] { text-align: -webkit-match-parent; text-align: match-parent; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; z-index: 1; padding: .5rem 1rem; background: var(--thread); color: var(--on-thread); }
.skip:focus { inset-block-start: 1rem; color: var(--on-thread); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.page { max-inline-size: 70rem; margin-inline: auto; padding-inline: clamp(1.125rem, 4vw, 2.5rem); }

`

/** Masthead. */
const masthead = `.masthead { padding-block: clamp(1.75rem, 5vw, 3.25rem) 1.25rem; border-block-end: 1px solid var(--line); margin-block-end: clamp(1.75rem, 4vw, 2.75rem); }
.name { display: flex; gap: 1rem; align-items: flex-start; justify-content: space-between; }
h1 { font-size: clamp(2rem, 6vw, 3.25rem); line-height: 1.12; letter-spacing: -.015em; }
h1 a { text-decoration: none; }
.about { max-inline-size: 42rem; margin-block-start: .6rem; font-size: 1.0625rem; color: var(--soft); }
.facts { margin-block-start: .35rem; font-size: .875rem; color: var(--soft); }
.tools { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-block-start: 1.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.35rem; }
nav a { display: inline-block; padding-block: .3rem; text-decoration: none; border-block-end: 2px solid transparent; }
nav a:hover { border-block-end-color: currentColor; }
form { flex: 1 1 100%; }
@media (min-width: 40rem) { form { flex: 0 1 22rem; margin-inline-start: auto; } }
input[type="search"] { inline-size: 100%; margin: 0; padding: .5rem .85rem; border: 1px solid var(--soft); border-radius: 2px; background: var(--card); appearance: none; }
input::placeholder { color: var(--soft); opacity: 1; }
#theme { flex: none; margin-block-start: .5rem; padding: .3rem .75rem; font-size: .875rem; border: 1px solid var(--line); border-radius: 2px; background: none; color: var(--soft); cursor: pointer; }
#theme::before { content: ""; display: inline-block; inline-size: .7em; block-size: .7em; margin-inline-end: .5em; border-radius: 50%; border: 1.5px solid currentColor; background: linear-gradient(90deg, currentColor 50%, transparent 50%); vertical-align: -.02em; }
#theme:hover, #theme[aria-pressed="true"] { color: var(--ink); border-color: var(--soft); }
#status:not(:empty) { margin-block-end: 1.25rem; color: var(--soft); }

`

/** The page. */
const page = `#all > * + * { margin-block-start: clamp(2.5rem, 6vw, 4rem); }
@media (min-width: 60rem) {
  #all { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; column-gap: 3.5rem; align-items: start; }
  #all > * { grid-column: 1; }
  #all > #subscribe { grid-column: 2; grid-row: 1 / span 5; margin: 0; }
  #all > #subscribe:first-child + * { margin: 0; }
}
@media (min-width: 60rem) and (min-height: 46rem) { #all > #subscribe { position: sticky; inset-block-start: 1.5rem; } }
.kicker { display: flex; flex-wrap: wrap; gap: .75em; margin-block-end: .6rem; font-size: .875rem; color: var(--mark); font-weight: 600; }
.kicker time { font-weight: 400; color: var(--soft); }
section > h2 { font-size: 1.5rem; margin-block-end: 1.25rem; }

`

/** Latest issue. */
const latest = `#latest h2 { font-size: clamp(1.6rem, 4.2vw, 2.35rem); margin-block-end: .75rem; }
#latest h2 a { text-decoration: none; }
#latest > .note { font-size: 1.0625rem; max-inline-size: 40rem; }
.whole { margin-block-start: .75rem; }
.whole a { color: var(--thread); font-weight: 600; text-decoration-color: currentColor; }
#latest .lines { margin-block-start: 1.75rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 1.75rem 1.25rem; margin-block-start: 1.75rem; }
.cards .item { display: flex; flex-direction: column; gap: .2rem; }
.cards .cover { order: -1; aspect-ratio: 16 / 9; inline-size: 100%; margin-block-end: .6rem; font-size: 2.25rem; }
.cards .title { font-family: var(--serif); font-weight: 700; font-size: 1.0938rem; line-height: 1.42; }
@media (max-width: 39.99rem) {
  .cards .item + .item { padding-inline-end: 6rem; min-block-size: 3.375rem; }
  .cards .item + .item .cover { position: absolute; inset-block-start: .3rem; inset-inline-end: 0; inline-size: 4.75rem; aspect-ratio: 3 / 2; margin: 0; font-size: 1.15rem; }
}
@media (min-width: 40rem) {
  .cards.one { grid-template-columns: 1fr; }
  .cards.one .item { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 4fr); grid-template-rows: auto auto 1fr; column-gap: 1.5rem; align-items: start; }
  .cards.one .cover { grid-row: 1 / span 3; margin: 0; }
  .cards.one .title { font-size: 1.3rem; }
}

`

/** A cover: behind the picture lies a piece of cloth with the first sign of the account's name, which is seen where there is no picture. */
const cover = `.cover { position: relative; display: grid; place-items: center; flex: none; overflow: hidden; border-radius: 2px; color: var(--on-cloth); font-family: var(--serif); font-weight: 700; --cloth: #4a5f8f; --on-cloth: #fff;
  background: repeating-linear-gradient(0deg, rgb(255 255 255 / .07) 0 3px, transparent 3px 6px), repeating-linear-gradient(90deg, rgb(0 0 0 / .09) 0 3px, transparent 3px 6px), var(--cloth); }
.cover::before { content: attr(data-sign); }
.cover img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
.cloth1 { --cloth: #7a4a3f; } .cloth2 { --cloth: #46685a; } .cloth3 { --cloth: #6a5a35; } .cloth4 { --cloth: #664a72; } .cloth5 { --cloth: #3d6473; }

`

/** Lines of a list. */
const lines = `.lines { display: grid; gap: 1.1rem; }
.item { position: relative; }
.lines > .item:has(.cover), #found > .item:has(.cover) { padding-inline-end: 6rem; min-block-size: 3.375rem; }
.lines .cover, #found .cover { position: absolute; inset-block-start: .3rem; inset-inline-end: 0; inline-size: 4.75rem; aspect-ratio: 3 / 2; margin: 0; font-size: 1.15rem; }
.title { line-height: 1.5; text-wrap: pretty; }
.lines .title, #found .title { font-weight: 600; }
.item a { text-decoration-color: transparent; }
.item a:hover { text-decoration-color: currentColor; }
.by, .note { font-size: .875rem; line-height: 1.6; color: var(--soft); }
.by { display: flex; flex-wrap: wrap; column-gap: .45em; }
.by > * + * { white-space: nowrap; }
.by > :not(:last-child)::after { content: "·"; margin-inline-start: .45em; }

`

/** Weeks: the day stands in the margin, as in a ledger. */
const weeks = `.week { padding-block: 1.35rem; border-block-start: 1px solid var(--line); }
.week:last-child { padding-block-end: 0; }
.week .day { display: block; margin-block-end: .2rem; font-family: var(--serif); font-size: .9375rem; color: var(--mark); }
.week :is(h3, h4) { font-size: 1.125rem; font-weight: 700; }
.week :is(h3, h4) a { text-decoration-color: transparent; }
.week :is(h3, h4) a:hover { text-decoration-color: currentColor; }
.week .lines { margin-block-start: 1rem; }
@media (min-width: 40rem) {
  .week { display: grid; grid-template-columns: 6.25rem minmax(0, 1fr); column-gap: 1.25rem; }
  .week > .head { display: contents; }
  .week > .lines { grid-column: 2; }
  .week .day { grid-row: 1 / span 2; margin: 0; padding-block-start: .12rem; line-height: 1.45; }
  .week .day span { display: block; }
}
details > summary { cursor: pointer; padding-block: .8rem; border-block-start: 1px solid var(--line); font-family: var(--serif); font-size: 1.125rem; font-weight: 700; }
details > summary h3 { display: inline; font: inherit; }
summary .count { margin-inline-start: .6em; font: .875rem var(--sans); color: var(--soft); }
summary:hover { color: var(--thread); }
details > .week:first-of-type { border-block-start: 0; padding-block-start: .5rem; }
details > .week { padding-inline-start: 1rem; }
#accounts .lines { gap: .6rem; padding: .25rem 0 1.25rem 1rem; }
#accounts .lines .title { font-weight: 400; }
.rest { margin-block-start: 1.25rem; font-size: .875rem; color: var(--soft); }

`

/** Subscribing. */
const subscribing = `#subscribe { padding: 1.35rem; background: var(--card); border: 1px solid var(--line); border-block-start: 3px solid var(--thread); }
#subscribe h2 { font-size: 1.25rem; margin-block-end: .5rem; }
#subscribe > p { font-size: .9375rem; color: var(--soft); }
.feeds { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin-block-start: 1.1rem; }
.feeds h3 { font-family: var(--sans); font-size: .9375rem; font-weight: 600; }
.address { display: flex; gap: .5rem; align-items: center; margin-block-start: .35rem; }
.address a { flex: 1; min-inline-size: 0; padding: .3rem .55rem; font: .75rem/1.45 var(--mono); background: var(--paper); border: 1px solid var(--line); border-radius: 2px; text-decoration: none; direction: ltr; text-align: start; }
.copy { flex: none; min-inline-size: 4.4em; padding: .3rem .5rem; font-size: .8125rem; border: 1px solid var(--thread); border-radius: 2px; background: none; color: var(--thread); cursor: pointer; }
.copy:hover, .copy.done, .feeds > li:first-child .copy { background: var(--thread); color: var(--on-thread); }
[role="status"]:not(.unseen):not(:empty) { font-size: .875rem; }
.formats { display: flex; flex-wrap: wrap; gap: .6em; margin-block-start: .3rem; font-size: .8125rem; color: var(--soft); }
#subscribe details { margin-block-start: 1rem; }
#subscribe summary { padding-block: .6rem 0; font: 600 .875rem var(--sans); }
.steps { list-style: decimal; padding-inline-start: 1.35rem; margin-block-start: .6rem; font-size: .875rem; color: var(--soft); }
.steps li, .members li { margin-block-start: .3rem; }
.members { margin-block-start: .6rem; font-size: .875rem; }
.lists { margin-block-start: 1rem; padding-block-start: .8rem; border-block-start: 1px solid var(--line); font-size: .875rem; }

#found { display: grid; gap: 1.25rem; max-inline-size: 46rem; }
#found h3, #found h4 { font-size: 1rem; }
#found .day { font-size: .875rem; color: var(--mark); }
footer { margin-block-start: clamp(3rem, 7vw, 5rem); padding-block: 1.25rem 2.5rem; border-block-start: 1px solid var(--line); font-size: .8125rem; color: var(--soft); }
footer .page { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between; }

@media print {
  :root:root {${light}
  }
  body { background: none; color: #000; font-size: 10pt; }
  body::before, nav, form, button, .skip, .cover, #theme { display: none !important; }
  #all { display: block; }
  #all > * { margin-block-end: 2rem; }
  .item, .week { break-inside: avoid; }
  .lines > .item:has(.cover) { padding: 0; min-block-size: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`

/**
 * The style of the page, whole: the same in every page, so that the page's `Content-Security-Policy` can name it by its hash. System fonts alone, no picture,
 * and logical sides, so that a page from right to left is its mirror.
 */
export const pageStyle = `${base}${selvage}${titles}${direction}${masthead}${page}${latest}${cover}${lines}${weeks}${subscribing}`

/** The hash by which the page's policy admits {@link pageStyle}; a test compares the two. */
export const pageStyleHash = 'sha256-3KayFlefNnK973yGJDNqP22XhULrKjwJU2HdhkKHaA0='
