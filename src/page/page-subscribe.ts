import { feedAddresses, feedFormats, preferredFormats } from '../feed/feed-addresses.js'
import { toWebUrl } from '../feed/web-url.js'
import { escapeAttribute, escapeText } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import type { PageFeed, PageOptions } from './page-options.js'
import { link } from './page-parts.js'
import type { PageTexts } from './page-texts.js'

/** So many feeds of a group are listed; the rest is in the list of all feeds. */
const MAX_GROUPED = 200
const MAX_GROUPS = 20

/** How to subscribe: each feed with its addresses and a button that copies the first, then those of groups, folded, then lists of all. Empty where no feed has an address. */
export function subscribeSection(feeds: readonly PageFeed[], { opmlUrl, calendarUrl }: PageOptions, texts: PageTexts): string {
  if (!feeds.some(({ info }) => formatsOf(info.feedUrl).length > 0)) return ''
  const single = feeds.filter(({ group }) => toPlain(group ?? '') === '')
  let html = `<section id="subscribe" aria-labelledby="subscribe-title"><h2 id="subscribe-title">${escapeText(texts.subscribe)}</h2>\n`
  html += `<p>${escapeText(texts.why)}</p>\n<ul class="feeds">\n`
  html += `${single.map((feed, index) => feedLine(feed, `feed-${index}`, texts)).join('')}</ul>\n`
  for (const [group, members] of [...groupsOf(feeds)].slice(0, MAX_GROUPS)) {
    const lines = members.slice(0, MAX_GROUPED).map(({ info }) => {
      const [format] = formatsOf(info.feedUrl)
      return format === undefined
        ? ''
        : `<li>${link(toPlain(info.title ?? '') || format.url, format.url, ` type="${format.mediaType}"`)}</li>\n`
    })
    html += `<details><summary>${escapeText(group)}<span class="count">${members.length}</span></summary>\n<ul class="members">\n${lines.join('')}</ul>`
    if (lines.length < members.length) html += `<p class="rest">${escapeText(texts.more(lines.length, members.length))}</p>`
    html += '</details>\n'
  }
  html += `<details><summary>${escapeText(texts.how)}</summary>\n<ol class="steps">${texts.steps.map(step => `<li>${escapeText(step)}</li>`).join('')}</ol></details>\n`
  const lists = [
    { text: texts.allFeeds, url: toWebUrl(opmlUrl), type: 'text/x-opml' },
    { text: texts.calendar, url: toWebUrl(calendarUrl), type: 'text/calendar' },
  ].filter(({ url }) => url !== undefined)
  if (lists.length > 0)
    html += `<ul class="lists">${lists.map(({ text, url, type }) => `<li>${link(text, url, ` type="${type}"`)}</li>`).join('')}</ul>\n`
  return `${html}</section>\n`
}

function feedLine({ info }: PageFeed, id: string, texts: PageTexts): string {
  const [first, ...others] = formatsOf(info.feedUrl)
  if (first === undefined) return ''
  const title = toPlain(info.title ?? '') || first.url
  let html = `<li><h3 dir="auto">${escapeText(title)}</h3>`
  html += `<div class="address"><a id="${id}" href="${escapeAttribute(first.url)}" type="${first.mediaType}">${breakable(first.url.replace(/^https?:\/\//, ''))}</a>`
  html += `<button type="button" class="copy" data-copies="${id}" data-script hidden><span>${escapeText(texts.copy)}</span><span class="unseen"> ${escapeText(title)}</span></button></div><p id="${id}-said" class="unseen" role="status"></p>`
  if (others.length > 0) {
    html += `<p class="formats">${escapeText(texts.alsoAs)}${others.map(({ name, url, mediaType }) => ` ${link(name, url, ` type="${mediaType}"`)}`).join('')}</p>`
  }
  return `${html}</li>\n`
}

/** An address that breaks behind its slashes. */
function breakable(address: string): string {
  return address.split('/').map(escapeText).join('/<wbr>')
}

function formatsOf(feedUrl: string | undefined) {
  const addresses = feedAddresses(feedUrl === undefined ? {} : { feedUrl })
  return preferredFormats.flatMap(format => {
    const url = addresses[format]
    return url === undefined ? [] : [{ ...feedFormats[format], url }]
  })
}

function groupsOf(feeds: readonly PageFeed[]): Map<string, PageFeed[]> {
  const groups = new Map<string, PageFeed[]>()
  for (const feed of feeds) {
    const group = toPlain(feed.group ?? '')
    if (group === '') continue
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [feed])
    else members.push(feed)
  }
  return groups
}
