import { wechatHost } from '../links/wechat-link.js'
import { failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import type { Account, Article, ArticleKind, Extractor, Page } from '../types.js'
import { archivedAddress, originalOf } from './archived-copy.js'
import { identifyArticle } from './article-identity.js'
import { readNames } from './article-names.js'
import { isTitleWholeText, titleOf } from './article-title.js'
import { readCgiData } from './cgi-data.js'
import { FieldReader } from './field-reader.js'
import { fields, readField } from './fields.js'
import { readBody } from './message-body.js'
import { messageKind } from './message-kind.js'
import { factsOf, type PageFacts } from './page-facts.js'
import { refusalOf, statesArticle } from './page-kind.js'
import { type PageText, pageTextOf, wholePage } from './page-text.js'
import { stating } from './stated.js'

/** Values of `copyright_stat` that stand for an article of the account's own; 11 is the one of lists. */
const originalMarks: ReadonlySet<string> = new Set(['1', '11'])

/**
 * Reads pages of WeChat Official Accounts (mp.weixin.qq.com) of all kinds and all templates since 2015, and copies of them in the Wayback Machine. Nothing of a page is run.
 *
 * Pages that are no article give `WECHAT_DELETED`, `WECHAT_VIOLATION`, `WECHAT_VERIFICATION`, `WECHAT_LINK_EXPIRED`, `WECHAT_PARAMETER_ERROR`,
 * `WECHAT_MIGRATED` (`data.target`), `WECHAT_UNAVAILABLE` or `WECHAT_NOT_ARTICLE`; an article without a title `ARTICLE_TITLE_MISSING`.
 * A page that names another article than its address does is believed, with the problem `WECHAT_OTHER_ARTICLE`; of a page that is cut short, what is there is read, with
 * `WECHAT_PAGE_CUT`; of a video or an audio message the recording is not, with `WECHAT_KIND_PARTIAL`.
 */
export const wechatExtractor: Extractor = {
  name: 'wechat',
  matches: ({ hostname, href }) => hostname === wechatHost || archivedAddress(href) !== undefined,
  extract(page, { body }) {
    const original = archivedAddress(page.finalUrl)
    if (original === undefined) return extractWechat(page, body)
    const outcome = extractWechat(originalOf(page, original), body)
    // The archive itself asks for none.
    return outcome.ok || outcome.problem.code !== 'WECHAT_VERIFICATION'
      ? outcome
      : failed(makeProblem('WECHAT_NOT_ARTICLE', { url: page.url }, 'The archive has kept a captcha.'))
  },
}

function extractWechat(page: Page, wantsBody: boolean): Outcome<Article> {
  const text = pageTextOf(page.body)
  const cgi = readCgiData(text, { body: wantsBody })
  const isArticle = statesArticle(cgi)
  if (isArticle && cgi?.complete) return readArticle(factsOf(text, cgi), page, wantsBody)
  // What remains is looked for all over the page, which is faster in a string.
  const facts = factsOf(wholePage(text), cgi)
  const refusal = isArticle ? undefined : refusalOf(facts.parts(), page.finalUrl)
  if (refusal !== undefined) return failed(makeProblem(refusal.code, { url: page.url }, refusal.message, { data: refusal.data }))
  return readArticle(facts, page, wantsBody)
}

function readArticle(facts: PageFacts, page: Page, wantsBody: boolean): Outcome<Article> {
  const reader = new FieldReader(facts)
  const kind = messageKind(reader.take('kind', fields.showType), readField(facts, fields.reprintType)?.value)
  const own = reader.take('title', fields.title)
  const opening = own === undefined && (kind === 'text' || kind === 'pictures') ? reader.take('title', fields.opening) : undefined
  const stated = own ?? opening
  if (stated === undefined) return failed(makeProblem('ARTICLE_TITLE_MISSING', { url: page.url }, 'The page states no title.'))
  const title = titleOf(stated, opening !== undefined || (kind === 'text' && isTitleWholeText(facts, stated)))
  const identity = identifyArticle(facts, page)
  reader.note('key', identity.from)
  const author = reader.take('authors', fields.author)
  const published = reader.take('published', fields.published)
  const updated = reader.take('updated', fields.updated)
  const reprint = reprintOf(reader)
  const copyright = reader.take('original', fields.copyright)
  const paid = reader.take('paid', fields.paid)
  const body = wantsBody ? readBody(facts, kind, identity.url, { title, ...reprint }) : undefined
  if (body !== undefined) reader.note('html', body.from)
  const value: Article = {
    key: identity.key,
    url: identity.url,
    title,
    authors: author === undefined ? [] : [{ name: author }],
    kind,
    extractor: wechatExtractor.name,
    from: reader.from,
    ...stating({
      aliases: identity.aliases.length > 0 ? identity.aliases : undefined,
      published,
      updated: updated !== undefined && (published === undefined || updated > published) ? updated : undefined,
      account: accountOf(reader),
      summary: reader.take('summary', fields.summary),
      image: reader.take('image', fields.image),
      images: stating({ square: reader.take('images', fields.square), wide: reader.take('images', fields.wide) }),
      html: body?.html,
      attachments: body !== undefined && body.attachments.length > 0 ? body.attachments : undefined,
      original: copyright === undefined ? undefined : originalMarks.has(copyright),
      reprint,
      albums: readNames(reader, 'albums'),
      topics: readNames(reader, 'topics'),
      place: reader.take('place', fields.place),
      paid: paid === undefined ? undefined : paid === '1',
      sourceUrl: reader.take('sourceUrl', fields.sourceUrl),
    }),
  }
  const problems = [identity.problem, cutProblem(facts, page), partialProblem(kind, page)].filter(problem => problem !== undefined)
  return { ok: true, value, ...(problems.length === 0 ? {} : { problems }) }
}

const end = /<\/(?:html|body)\s{0,20}>/i

/** The data of a page that is damaged, or one without such data that lacks its end. */
function cutProblem({ cgi, page }: PageFacts, { url, from }: Page): Problem | undefined {
  const isCut = cgi === undefined ? (from === 'network' || page.length > shortestPage) && lacksEnd(page) : !cgi.complete
  return isCut ? makeProblem('WECHAT_PAGE_CUT', { url }, 'The page is cut short; what stands in it was read.') : undefined
}

/** Pages of all templates state their end. */
export function lacksEnd(page: PageText): boolean {
  return !end.test(page.slice(Math.max(0, page.length - tail), page.length))
}

/** What a recording holds is known of such pages' descriptions alone. */
function partialProblem(kind: ArticleKind, { url }: Page): Problem | undefined {
  const isPartial = kind === 'video' || kind === 'audio'
  return isPartial
    ? makeProblem('WECHAT_KIND_PARTIAL', { url }, `The message is of the kind "${kind}", of which only a part is read.`)
    : undefined
}

/** The end tags stand within so many last characters; a page of fewer that nobody fetched is a piece that somebody made. */
const tail = 5_000
const shortestPage = 10_000

function accountOf(reader: FieldReader): Account | undefined {
  const name = reader.take('account', fields.accountName)
  if (name === undefined) return undefined
  return {
    name,
    ...stating({
      id: reader.take('account.id', fields.biz),
      userName: reader.take('account.userName', fields.userName),
      alias: reader.take('account.alias', fields.alias),
      image: reader.take('account.image', fields.avatar),
    }),
  }
}

function reprintOf(reader: FieldReader): Article['reprint'] {
  return stating({ url: reader.take('reprint', fields.reprintUrl), account: reader.take('reprint', fields.reprintAccount) })
}
