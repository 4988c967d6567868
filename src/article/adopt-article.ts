import { toInstant } from '../feed/writable-dates.js'
import { problemCatalogue } from '../problem-catalogue.js'
import type { Outcome, Problem, Where } from '../problems.js'
import { articleFields, findArticleFlaw, isArticle } from '../store/article-form.js'
import type { Fields } from '../store/record-text.js'
import { isAmount, isList, isObjectOf, isOneOf, isText, isTextByName } from '../store/shape.js'
import { isTable } from '../text/form.js'
import { nearestName } from '../text/nearest-name.js'
import { toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { resolveUrl } from '../text/url.js'
import type { Article, Page } from '../types.js'

/** What an extractor was called with, and its name. */
export interface Asked {
  name: string
  page: Page
  body: boolean
}

/**
 * Takes over what an extractor of the user's own gives, as data that nobody else holds: an article as the store keeps one, with plain names, one form of dates and clean HTML, or a
 * problem of the catalogue. Throws a `TypeError` that names the field for everything else.
 */
export function adoptOutcome(given: unknown, asked: Asked): Outcome<Article> {
  const outcome = asData(given)
  if (!isTable(outcome) || typeof outcome['ok'] !== 'boolean')
    throw new TypeError('It gave no outcome: `{ ok: true, value: article }`, or `{ ok: false, problem }`.')
  const { ok, value, problem, problems = [] } = outcome
  if (!isProblems(problems)) throw new TypeError('Its `problems` are no problems of the catalogue.')
  const noticed = problems.length > 0 ? { problems } : {}
  if (ok) return { ok, value: adoptArticle(value, asked), ...noticed }
  if (!isProblem(problem)) throw new TypeError('Its `problem` is none of the catalogue: it has `code`, `level`, `message` and `where`.')
  return { ok, problem, ...noticed }
}

/** As JSON says it: what is no data (functions, cycles) goes or throws, and what the extractor does to it later changes nothing. */
function asData(given: unknown): unknown {
  return typeof given === 'object' && given !== null ? JSON.parse(JSON.stringify(given, refusePromise)) : given
}

function refusePromise(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('then' in value)) return value
  // One that is refused later would end whatever runs.
  if (value instanceof Promise) value.catch(() => {})
  throw new TypeError('It gave a promise: an extractor reads the page that it is given, and waits for nothing.')
}

function adoptArticle(given: unknown, { name, page, body }: Asked): Article {
  if (!isTable(given)) throw new TypeError('It gave no article as `value`.')
  const fields: Fields = { ...given, extractor: name, ...datesOf(given) }
  const strange = Object.keys(fields).find(field => !articleFields.includes(field))
  if (strange !== undefined) {
    const meant = nearestName(strange, articleFields)
    throw new TypeError(`An article has no field \`${strange}\`${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`)
  }
  if (!isArticle(fields)) throw new TypeError(`It gave what is no article: \`${findArticleFlaw(fields)}\` is not what it has to be.`)
  const title = toPlain(fields.title)
  if (title === '') throw new TypeError('It gave what is no article: `title` is empty.')
  const own = [page.url, page.finalUrl].includes(fields.url)
  const url = own ? fields.url : resolveUrl(fields.url)
  if (url === undefined) throw new TypeError('It gave what is no article: `url` is no absolute address.')
  const { html, image, ...rest } = fields
  const cover = image === undefined ? undefined : resolveUrl(image, page.finalUrl)
  const clean = html === undefined || !body ? '' : sanitizeHtml(html, { baseUrl: page.finalUrl }).trim()
  return {
    ...rest,
    url,
    title,
    authors: rest.authors.map(author => ({ ...author, name: toPlain(author.name) })),
    ...(rest.account === undefined ? {} : { account: { ...rest.account, name: toPlain(rest.account.name) } }),
    ...(rest.summary === undefined ? {} : { summary: toPlain(rest.summary) }),
    ...(cover === undefined ? {} : { image: cover }),
    ...(clean === '' ? {} : { html: clean }),
  }
}

/** Any text that is a date, as an instant; what is none is a flaw. */
function datesOf(given: Fields): Fields {
  const dates = ['published', 'updated'].flatMap(field => {
    const value = given[field]
    return typeof value === 'string' ? [[field, toInstant(value) ?? value]] : []
  })
  return Object.fromEntries(dates)
}

const isWhere = isObjectOf<Where>({ source: isText, file: isText, line: isAmount, column: isAmount, url: isText }, [
  'source',
  'file',
  'line',
  'column',
  'url',
])

const isProblem = isObjectOf<Problem>(
  {
    code: isOneOf(...Object.keys(problemCatalogue)),
    level: isOneOf('error', 'warning', 'note'),
    message: isText,
    hint: isText,
    where: isWhere,
    cause: isText,
    data: isTextByName,
  },
  ['hint', 'cause', 'data'],
)

const isProblems = isList(isProblem)
