import type { Element } from 'domhandler'
import { identifyLink } from '../links/identify-link.js'
import type { Outcome } from '../problems.js'
import { assertPage } from '../text/assert-input.js'
import { isTable } from '../text/form.js'
import { parseHtml } from '../text/html.js'
import { type ArticleList, distinctListed, type ListInput, listMissing, mostListed, plainOf, readListed } from './article-list.js'
import { valueAt } from './cgi-data.js'
import { partPage } from './page-markup.js'
import { pageTextOf } from './page-text.js'
import { parseJson } from './parse-json.js'
import { elementsOf, textOf } from './tree-edit.js'

/** What both forms of an album's page state of their last article: the next page begins behind it. */
interface LastListed {
  msgid: unknown
  itemidx: unknown
}

/** Articles on a page of the HTML form, and how many are asked for in the JSON form. */
const [htmlPageSize, jsonPageSize] = [10, 20]

/**
 * Reads an album (合集, `/mp/appmsgalbum`) from its page or from its JSON (`f=json`), where `article_list` is an object instead of a list
 * when it has one article. A page that is none gives the code of what it is, else `WECHAT_LIST_EMPTY`; what is no page at all is refused by a `WeekloomError`.
 */
export function parseAlbum(page: ListInput): Outcome<ArticleList> {
  assertPage(page)
  const whole = pageTextOf(page.body).slice()
  const data = parseJson(whole)
  const list = isTable(data) ? readJson(data, page.url) : readHtml(whole, page.url)
  return list.articles.length > 0 ? { ok: true, value: list } : listMissing(page)
}

function readJson(data: unknown, url: string): ArticleList {
  const answer = valueAt(data, ['getalbum_resp'])
  const stated = valueAt(answer, ['article_list'])
  const items = (Array.isArray(stated) ? stated : [stated]).filter(isTable)
  const last = items.at(-1)
  const goesOn = String(valueAt(answer, ['continue_flag'])) === '1'
  return {
    ...named(plainOf(valueAt(answer, ['base_info', 'title']), 100), plainOf(valueAt(answer, ['base_info', 'nickname']), 100)),
    articles: distinctListed(
      items.map(item =>
        readListed({
          url: item['url'],
          title: item['title'],
          published: item['create_time'],
          image: item['cover_img_1_1'] ?? item['cover'],
        }),
      ),
    ),
    ...(goesOn && last ? nextPage(url, { msgid: last['msgid'], itemidx: last['itemidx'] }) : {}),
  }
}

/** An item of the list has a dozen elements; more are not looked at, since items can stand in one another. */
const mostOfItem = 200

/** Whether the script of the page says that the list goes on. */
const statedFlag = /continue_flag["']?\s{0,5}[:=]\s{0,5}["']?([01])/

function readHtml(html: string, url: string): ArticleList {
  const { markup, scripts } = partPage(pageTextOf(html))
  const elements = elementsOf(parseHtml(markup.slice()))
  const items = elements.filter(({ attribs }) => attribs['data-link'] !== undefined).slice(0, mostListed)
  const last = items.at(-1)?.attribs
  const flag = statedFlag.exec(scripts.slice())?.[1]
  const goesOn = flag === undefined ? items.length >= htmlPageSize : flag === '1'
  return {
    ...named(
      textOfFirst(elements, ({ attribs }) => attribs['id'] === 'js_tag_name') ?? textOfClass(elements, 'album__label-title'),
      textOfClass(elements, 'album__author-name'),
    ),
    articles: distinctListed(
      items.map(item => {
        const inner = elementsOf(item, mostOfItem)
        return readListed({
          url: item.attribs['data-link'],
          title: item.attribs['data-title'] ?? textOfClass(inner, 'album__item-title'),
          published: textOfClass(inner, 'js_article_create_time'),
          image: inner.map(({ attribs }) => /url\(["']?([^"')]{1,2000})/.exec(attribs['style'] ?? '')?.[1]).find(Boolean),
        })
      }),
    ),
    ...(goesOn && last ? nextPage(url, { msgid: last['data-msgid'], itemidx: last['data-itemidx'] }) : {}),
  }
}

function nextPage(url: string, { msgid, itemidx }: LastListed): { next?: string } {
  const album = identifyLink(url)
  const [message, place] = [String(msgid), String(itemidx)]
  if (album.kind !== 'wechat-album' || !/^\d{1,20}$/.test(message) || !/^\d{1,3}$/.test(place)) return {}
  const next = new URL(album.url)
  const paging = { action: 'getalbum', count: jsonPageSize, begin_msgid: message, begin_itemidx: place, f: 'json' }
  for (const [name, value] of Object.entries(paging)) next.searchParams.set(name, String(value))
  return { next: next.href }
}

function named(title: string | undefined, account: string | undefined): Pick<ArticleList, 'title' | 'account'> {
  const bare = title?.replace(/^#/, '')
  return { ...(bare ? { title: bare } : {}), ...(account === undefined ? {} : { account }) }
}

function textOfClass(elements: readonly Element[], name: string): string | undefined {
  return textOfFirst(elements, ({ attribs }) => attribs['class']?.split(/\s/).includes(name) === true)
}

function textOfFirst(elements: readonly Element[], isMeant: (element: Element) => boolean): string | undefined {
  const element = elements.find(isMeant)
  return element && plainOf(textOf(element, 1_000), 300)
}
