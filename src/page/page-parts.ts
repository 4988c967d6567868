import { escapeAttribute, escapeText } from '../text/html.js'
import type { PageAccount } from './page-accounts.js'
import type { PageItem } from './page-item.js'
import type { PageTexts } from './page-texts.js'
import type { PageWeek } from './page-weeks.js'

const CLOTHS = 6

/** A link, or the bare text where there is no address. */
export function link(text: string, url: string | undefined, attributes = ''): string {
  const shown = escapeText(text)
  return url === undefined ? `<span${attributes}>${shown}</span>` : `<a href="${escapeAttribute(url)}"${attributes}>${shown}</a>`
}

export function time(day: string | undefined, shown: string): string {
  return day === undefined ? '' : `<time datetime="${day}">${escapeText(shown)}</time>`
}

/** A picture, and under it what is seen without one. It is nothing to those who hear the page. */
function cover(url: string, name: string): string {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  const [sign = ''] = name.toUpperCase()
  const cloth = sum % CLOTHS === 0 ? '' : ` cloth${sum % CLOTHS}`
  const picture =
    url === '' ? '' : `<img src="${escapeAttribute(url)}" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">`
  return `<span class="cover${cloth}" data-sign="${escapeAttribute(sign)}" aria-hidden="true">${picture}</span>`
}

interface ItemForm {
  texts: PageTexts
  /** Where the cover is shown: nowhere, where there is one, or always. */
  covers: 'none' | 'some' | 'all'
}

/** One article: title, account and day, what is said of it, cover. */
export function itemLine(item: PageItem, { texts, covers }: ItemForm): string {
  const { title, url, by, day, isAbout, isAgain = false, note, cover: picture, language } = item
  const attributes = ` class="title" dir="auto"${language === undefined ? '' : ` lang="${escapeAttribute(language)}"`}`
  const date = day === undefined ? '' : texts.date(day)
  const from = [
    by === undefined ? '' : `<span>${escapeText(by)}</span>`,
    time(day, isAbout ? texts.about(date) : date),
    isAgain ? `<span>${escapeText(texts.again)}</span>` : '',
  ].filter(part => part !== '')
  let html = `<li class="item">${link(title, url, attributes)}`
  if (from.length > 0) html += `<p class="by">${from.join(' ')}</p>`
  if (note !== undefined && covers !== 'none') html += `<p class="note" dir="auto">${escapeText(note)}</p>`
  if (covers === 'all' || (covers === 'some' && picture !== undefined)) html += cover(picture ?? '', by ?? title)
  return `${html}</li>\n`
}

/** The articles of the newest issue: cards, or lines when not one of them has a cover. */
export function latestItems(items: readonly PageItem[], texts: PageTexts): string {
  if (items.length === 0) return ''
  const hasCovers = items.some(item => item.cover !== undefined)
  const list = items.map(item => itemLine(item, { texts, covers: hasCovers ? 'all' : 'some' })).join('')
  return `<ul class="${hasCovers ? `cards${items.length === 1 ? ' one' : ''}` : 'lines'}">\n${list}</ul>\n`
}

/** A week: the day in the margin, the issue, its articles. */
export function weekBlock({ title, url, day, until, items }: PageWeek, level: 3 | 4, texts: PageTexts): string {
  const heading = title ?? (day === undefined || until === undefined ? texts.undated : texts.span(day, until))
  const dated = title === undefined || day === undefined ? [] : level === 3 ? texts.dayParts(day) : [texts.monthDay(day)]
  const parts = dated.map(part => `<span>${escapeText(part)}</span>`).join(' ')
  const margin = parts === '' ? '<span class="day"></span>' : `<time class="day" datetime="${day}">${parts}</time>`
  let html = `<div class="week"><div class="item head">${margin}<h${level}>${link(heading, url, ' dir="auto"')}</h${level}></div>`
  const lines = items.map(item => itemLine(item, { texts, covers: item.isAgain ? 'none' : 'some' }))
  if (lines.length > 0) html += `\n<ul class="lines">\n${lines.join('')}</ul>`
  return `${html}</div>\n`
}

/** A part that is folded until it is asked for. */
export function folded(heading: string, count: string, body: string): string {
  return `<details><summary><h3>${escapeText(heading)}</h3><span class="count">${escapeText(count)}</span></summary>\n${body}</details>\n`
}

export function accountBlock({ name, count, items }: PageAccount, texts: PageTexts): string {
  const list = items.map(({ by: _, ...item }) => itemLine(item, { texts, covers: 'none' })).join('')
  const rest = items.length < count ? `<p class="rest">${escapeText(texts.more(items.length, count))}</p>` : ''
  return folded(name, texts.articles(count), `<ul class="lines">\n${list}</ul>${rest}`)
}
