/** Types of schema.org that are articles, or what stands for one on the pages of a forum. */
const articleTypes =
  /^(?:https?:\/\/schema\.org\/)?(?:\w{0,30}Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting|TechArticle)$/
const maxLength = 1_000_000
const maxItems = 500

type Item = Readonly<Record<string, unknown>>

/** The first article that the JSON-LD texts of a page describe, also within `@graph`, lists and `mainEntity`; broken texts are passed over. */
export function parseJsonLd(texts: readonly string[]): Item | undefined {
  const queue: unknown[] = texts.filter(text => text.length <= maxLength).map(parseJson)
  for (let at = 0; at < queue.length && at < maxItems; at++) {
    const item = queue[at]
    if (Array.isArray(item)) queue.push(...item.slice(0, maxItems))
    else if (isItem(item)) {
      if (asList(item['@type']).some(isArticleType) || isBaiduArticle(item)) return item
      queue.push(item['@graph'], item['mainEntity'], item['mainEntityOfPage'])
    }
  }
  return undefined
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

/** Templates put line breaks into strings, and comments for old browsers around it all. */
function parseJson(text: string): unknown {
  const bare = text.replace(/^\s*(?:\/\/\s*)?(?:<!\[CDATA\[|<!--)/, '').replace(/(?:\/\/\s{0,9})?(?:\]\]>|-->)\s{0,99}$/, '')
  for (const attempt of [bare, bare.replace(/[\u0000-\u001f]+/g, ' ')]) {
    try {
      return JSON.parse(attempt)
    } catch {}
  }
  return undefined
}

/** Whether a value is a JSON object. */
export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON-LD writes one value and a list of values alike. */
export function asList(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** The text of a value, of its `name`, its `@value` or its `url`, as JSON-LD may have any of them. */
export function textOf(value: unknown, ...keys: readonly string[]): string | undefined {
  const [first] = asList(value)
  if (typeof first === 'string' || typeof first === 'number') return String(first)
  if (!isItem(first)) return undefined
  for (const key of keys) if (typeof first[key] === 'string') return first[key]
  return undefined
}
