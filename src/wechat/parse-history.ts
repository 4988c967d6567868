import type { Outcome } from '../problems.js'
import { assertPage } from '../text/assert-input.js'
import { isTable } from '../text/form.js'
import {
  type ArticleList,
  distinctListed,
  type ListedArticle,
  type ListInput,
  listMissing,
  mostListed,
  plainOf,
  readListed,
} from './article-list.js'
import { recordsAt, valueAt } from './cgi-data.js'
import { element, factsOf, variable } from './page-facts.js'
import { pageTextOf, wholePage } from './page-text.js'
import { parseJson } from './parse-json.js'

/** Where pages name the account whose history they are. */
const accountPlaces = [
  variable('nickname'),
  element('.profile_nickname', 'class="profile_nickname"'),
  element('#nickname', 'id="nickname"'),
] as const

/**
 * Reads a saved history of an account: a page with `var msgList = {…}` (of a search engine, 2017; of the app), or the app's JSON with `general_msg_list`.
 * Each message gives its article and those beside it; messages without an article are passed over. Addresses of a search engine's history are temporary.
 * A page that is none gives the code of what it is, else `WECHAT_LIST_EMPTY`; what is no page at all is refused by a `WeekloomError`.
 */
export function parseHistory(page: ListInput): Outcome<ArticleList> {
  assertPage(page)
  const facts = factsOf(wholePage(pageTextOf(page.body)), undefined)
  const data = parseJson(facts.page.slice())
  const stated = isTable(data) ? valueAt(data, ['general_msg_list']) : variable('msgList').read(facts)
  const list = typeof stated === 'string' ? parseQuoted(stated) : stated
  const articles = distinctListed(recordsAt(list, ['list']).slice(0, mostListed).flatMap(readMessage))
  const account = accountPlaces.map(place => plainOf(place.read(facts), 100)).find(name => name !== undefined)
  return articles.length > 0 ? { ok: true, value: { ...(account === undefined ? {} : { account }), articles } } : listMissing(page)
}

/** The list as JSON in a quotation, whose own quotation marks may be escaped for HTML. */
function parseQuoted(text: string): unknown {
  return parseJson(text) ?? parseJson(text.replace(/&quot;/g, '"').replace(/&amp;/g, '&'))
}

function readMessage(message: unknown): (ListedArticle | undefined)[] {
  const first = valueAt(message, ['app_msg_ext_info'])
  const published = valueAt(message, ['comm_msg_info', 'datetime'])
  return [first, ...recordsAt(first, ['multi_app_msg_item_list'])].map(item =>
    readListed({
      url: valueAt(item, ['content_url']),
      title: valueAt(item, ['title']),
      author: valueAt(item, ['author']),
      summary: valueAt(item, ['digest']),
      image: valueAt(item, ['cover']),
      published,
    }),
  )
}
