import { isTable } from '../text/form.js'

/** Types of schema.org that are articles, or what stands for one on the pages of a forum. */
const articleTypes =
  /^(?:https?:\/\/schema\.org\/)?(?:\w{0,30}Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting|\w{0,20}Review|Recipe)$/
const maxLength = 1_000_000
const maxItems = 500

/** A JSON object, as JSON-LD writes items. */
export type Item = Readonly<Record<string, unknown>>

/**
 * The article that the JSON-LD texts of a page describe, also within `@graph`, lists and `mainEntity`: of several the one that is meant, else the first. Items that it only
 * refers to by `@id` (author, publisher, picture) stand in their place. Broken texts are mended where it is plain how, and passed over else.
 *
 * @param isMeant whether an article is the one that the page is about
 */
export function parseJsonLd(texts: readonly string[], isMeant: (article: Item) => boolean = () => false): Item | undefined {
  const queue: unknown[] = texts.filter(text => text.length <= maxLength).map(parseJson)
  const articles: Item[] = []
  const named = new Map<string, Item>()
  for (let at = 0; at < queue.length && at < maxItems; at++) {
    const item = queue[at]
    if (Array.isArray(item)) queue.push(...item.slice(0, maxItems))
    else if (isTable(item)) {
      const id = item['@id']
      if (typeof id === 'string' && Object.keys(item).length > 1 && !named.has(id)) named.set(id, item)
      if (asList(item['@type']).some(isArticleType) || isBaiduArticle(item)) articles.push(item)
      queue.push(item['@graph'], item['mainEntity'], item['mainEntityOfPage'])
    }
  }
  const article = articles.find(isMeant) ?? articles[0]
  return article === undefined ? undefined : withReferred(article, named)
}

/** Properties of an article whose items stand elsewhere in a graph. */
const referring = ['author', 'creator', 'publisher', 'image']

function withReferred(article: Item, named: ReadonlyMap<string, Item>): Item {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice(0, maxItems).map(part => (Array.isArray(part) ? part : resolve(part)))
    const id = isTable(value) ? value['@id'] : undefined
    return isTable(value) && typeof id === 'string' ? { ...named.get(id), ...value } : value
  }
  return Object.fromEntries(Object.entries(article).map(([key, value]) => [key, referring.includes(key) ? resolve(value) : value]))
}

/** What Baidu asks of pages: title, pictures and dates of Beijing, without a type. */
function isBaiduArticle(item: Item): boolean {
  return (
    typeof item['pubDate'] === 'string' &&
    asList(item['@context']).some(context => /^https?:\/\/ziyuan\.baidu\.com\//.test(String(context)))
  )
}

/** Whether the name of a type, with or without the address of schema.org, is that of an article. */
export function isArticleType(type: unknown): boolean {
  return typeof type === 'string' && articleTypes.test(type)
}

/** What templates do to JSON, and how it is undone, each on top of those before: line breaks in strings, escapes that JSON has not, commas before an end, items one behind another. */
const mendings: readonly ((text: string) => string)[] = [
  text => text,
  text => text.replace(/[\u0000-\u001f]+/g, ' '),
  text => text.replace(/\\(?:u[0-9a-f]{4}|["\\/bfnrt]|([^"\\/bfnrtu]))/gi, (whole, stray?: string) => stray ?? whole),
  text => text.replace(/,(?= {0,99}[}\]])/g, '').replace(/;\s{0,99}$/, ''),
  text => `[${text.replace(/\} {0,99}(?=\{)/g, '},')}]`,
]

/** Templates put comments for old browsers around it all. */
function parseJson(text: string): unknown {
  let json = text
    .replace(/^\s*(?:\/\/\s*|\/\*\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*\/)?/, '')
    .replace(/(?:\/[/*]\s{0,9})?(?:\]\]>|-->)(?:\s{0,9}\*\/)?\s{0,99}$/, '')
  for (const mend of mendings) {
    json = mend(json)
    try {
      return JSON.parse(json)
    } catch {}
  }
  return undefined
}

/** JSON-LD writes one value and a list of values alike. */
export function asList(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** The text of a value, of its `name`, its `@value` or its `url`, as JSON-LD may have any of them; of several the first that has one. */
export function textOf(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const one of asList(value).slice(0, maxItems)) {
    if (typeof one === 'string' ? one.trim() !== '' : typeof one === 'number') return String(one)
    if (!isTable(one)) continue
    for (const key of keys) {
      const text = asList(one[key])[0]
      if (typeof text === 'string' && text.trim() !== '') return text
    }
  }
  return undefined
}
