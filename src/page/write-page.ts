import { sortNewest } from '../entry/canonical-order.js'
import { newestInstant } from '../entry/select-entries.js'
import { assertEntries } from '../feed/entry-form.js'
import { listFeeds } from '../feed/listed-feeds.js'
import { toLanguage } from '../feed/writable-entry.js'
import { toWritableInfo } from '../feed/writable-info.js'
import { assertForm } from '../text/form.js'
import { escapeAttribute, escapeText } from '../text/html.js'
import type { Entry } from '../types.js'
import { groupByAccount, type PageAccount } from './page-accounts.js'
import { headOf } from './page-head.js'
import { pageView, toDay } from './page-item.js'
import { anyOptions, type PageFeed, type PageOptions } from './page-options.js'
import { accountBlock, folded, latestItems, link, time, weekBlock } from './page-parts.js'
import { subscribeSection } from './page-subscribe.js'
import { type PageTexts, pageTexts } from './page-texts.js'
import { groupByWeek, type PageWeek } from './page-weeks.js'

const DEFAULT_LIMIT = 1000
/** So many weeks stand open; those before are folded by year. */
const OPEN_WEEKS = 8
/** So much HTML of weeks at most: what no page of people reaches, and what keeps one of long addresses in bounds. */
const MAX_LENGTH = 2_000_000

/**
 * Writes a page for people, as HTML: the newest issue with the covers of its articles, all articles by week and by account, a search, how to
 * subscribe, and the autodiscovery tags of the feeds. Media type `text/html`.
 *
 * One file that needs nothing else: it asks for pictures alone (without a referrer), says so in a `Content-Security-Policy`, and everything but
 * search, copy buttons and the choice of dark works without script. Chinese for `zh`, else English. Of one feed, its title, home page and
 * description are the page's; of several, those of the first that is of no group. Pure: the same feeds and options give the same bytes.
 * Throws a `WeekloomError` for what is no feed or entry, and for options that mean nothing.
 */
export function writePage(feeds: PageFeed | readonly PageFeed[], options: PageOptions = {}): string {
  return [...pageChunks(feeds, options)].join('')
}

/** The text of {@link writePage} in pieces. */
export function* pageChunks(feeds: PageFeed | readonly PageFeed[], options: PageOptions = {}): Generator<string, void, undefined> {
  const offered = listFeeds(feeds, 'The feeds of the page')
  assertForm(options, anyOptions, 'The options of the page')
  const main = offered.find(({ group }) => group === undefined) ?? offered[0]
  const info = toWritableInfo({ info: main?.info ?? {}, entries: [] }, {})
  const view = pageView(options, toLanguage(options.language) ?? info.language ?? 'en')
  const { language, usualLanguage } = view
  const texts = pageTexts(language)
  const given = options.entries ?? offered.flatMap(({ entries = [] }) => entries)
  assertEntries(given, 'What the page shows')
  const all = sortNewest(uniqueEntries(given))
  const entries = all.slice(0, options.limit ?? DEFAULT_LIMIT)
  const weeks = groupByWeek(entries, info.title, view)
  const accounts = groupByAccount(entries, view)
  // The date of an older issue does not tell when one without a date came.
  const updated = entries[0]?.published === undefined ? undefined : toDay(newestInstant(entries), view)
  const issues = all.filter(({ kind }) => kind === 'issue').length
  const latest = weeks.find(({ title }) => title !== undefined)
  const earlier = weeks.filter(week => week !== latest)
  const subscribe = subscribeSection(offered, options, texts)

  yield headOf({ ...info, language, selfUrl: options.selfUrl }, offered)
  const facts = [
    updated === undefined ? '' : texts.updated(texts.date(updated)),
    all.length === 0 ? '' : texts.counts(issues, all.length - issues),
  ].filter(fact => fact !== '')
  const parts = {
    ...(latest === undefined ? {} : { latest: texts.latest }),
    ...(earlier.length === 0 ? {} : { weeks: latest === undefined ? texts.weeks : texts.earlier }),
    ...(accounts.length === 0 ? {} : { accounts: texts.accounts }),
    ...(subscribe === '' ? {} : { subscribe: texts.subscribe }),
  }
  const lang = usualLanguage === language ? '' : ` lang="${usualLanguage}"`
  yield masthead(info, lang, facts, parts, texts)
  yield latest === undefined ? (all.length === 0 ? `<p class="empty">${escapeText(texts.empty)}</p>\n` : '') : latestSection(latest, texts)
  yield subscribe
  if (earlier.length > 0) yield* weeksSection(earlier, parts.weeks ?? '', texts)
  if (accounts.length > 0) yield* accountsSection(accounts, texts)
  if (entries.length < all.length) yield `<p class="rest">${escapeText(texts.more(entries.length, all.length))}</p>\n`
  yield `</div>\n</div>\n</main>\n<footer><div class="page"><p>${escapeText(info.rights ?? '')}</p><p>${escapeText(info.generator)}</p></div></footer>\n</body>\n</html>\n`
}

function* uniqueEntries(entries: readonly Entry[]): Generator<Entry, void, undefined> {
  const seen = new Set<string>()
  for (const entry of entries) {
    if (!seen.has(entry.id)) yield entry
    seen.add(entry.id)
  }
}

function masthead(
  { title, home, description }: { title: string; home: string | undefined; description: string | undefined },
  lang: string,
  facts: readonly string[],
  parts: Readonly<Record<string, string>>,
  texts: PageTexts,
): string {
  const says = {
    found: texts.found,
    'found-many': texts.foundMany,
    'found-none': texts.foundNone,
    copied: texts.copied,
    'copy-failed': texts.copyFailed,
  }
  const data = Object.entries(says).map(([name, text]) => ` data-${name}="${escapeAttribute(text)}"`)
  const links = Object.entries(parts).map(([id, text]) => `<li><a href="#${id}">${escapeText(text)}</a></li>`)
  return `<body${data.join('')}>
<a class="skip" href="#main">${escapeText(texts.skip)}</a>
<header class="page">
<div class="masthead">
<div class="name"><h1 dir="auto"${lang}>${link(title, home)}</h1><button type="button" id="theme" data-script hidden>${escapeText(texts.dark)}</button></div>
${description === undefined ? '' : `<p class="about" dir="auto"${lang}>${escapeText(description)}</p>\n`}<p class="facts">${facts.map(escapeText).join(' · ')}</p>
<div class="tools">
<nav aria-label="${escapeAttribute(texts.contents)}"><ul>${links.join('')}</ul></nav>
<form role="search"${facts.length === 0 ? '' : ' data-script'} hidden><label class="unseen" for="q">${escapeText(texts.search)}</label><input type="search" id="q" name="q" autocomplete="off" placeholder="${escapeAttribute(texts.searchHint)}"></form>
</div>
</div>
</header>
<main id="main" tabindex="-1">
<div class="page">
<p id="status" role="status"></p>
<section id="results" aria-labelledby="results-title" hidden><h2 id="results-title" class="unseen">${escapeText(texts.results)}</h2><ol id="found"></ol></section>
<div id="all">
`
}

function latestSection({ title = '', url, day, note, items }: PageWeek, texts: PageTexts): string {
  const read = url === undefined ? '' : `<p class="whole">${link(texts.readIssue, url)}</p>\n`
  return `<section id="latest" aria-labelledby="latest-title">
<p class="kicker">${escapeText(texts.latest)}${day === undefined ? '' : ` ${time(day, texts.date(day))}`}</p>
<h2 id="latest-title" class="item">${link(title, url, ' dir="auto"')}</h2>
${note === undefined ? '' : `<p class="note" dir="auto">${escapeText(note)}</p>\n`}${read}${latestItems(items, texts)}</section>
`
}

function* weeksSection(weeks: readonly PageWeek[], heading: string, texts: PageTexts): Generator<string, void, undefined> {
  yield `<section id="weeks" aria-labelledby="weeks-title"><h2 id="weeks-title">${escapeText(heading)}</h2>\n`
  let length = 0
  let shown = 0
  const years = new Map<string, string[]>()
  for (const week of weeks) {
    const isOpen = shown < OPEN_WEEKS
    const html = weekBlock(week, isOpen ? 3 : 4, texts)
    length += html.length
    if (length > MAX_LENGTH) break
    shown++
    if (isOpen) yield html
    else {
      const year = week.day?.slice(0, 4) ?? ''
      const blocks = years.get(year)
      if (blocks === undefined) years.set(year, [html])
      else blocks.push(html)
    }
  }
  for (const [year, blocks] of years)
    yield folded(year === '' ? texts.undated : texts.year(year), texts.issues(blocks.length), blocks.join(''))
  if (shown < weeks.length) yield `<p class="rest">${escapeText(texts.more(shown, weeks.length))}</p>\n`
  yield '</section>\n'
}

function* accountsSection(accounts: readonly PageAccount[], texts: PageTexts): Generator<string, void, undefined> {
  yield `<section id="accounts" aria-labelledby="accounts-title"><h2 id="accounts-title">${escapeText(texts.accounts)}</h2>\n`
  for (const account of accounts) yield accountBlock(account, texts)
  yield '</section>\n'
}
