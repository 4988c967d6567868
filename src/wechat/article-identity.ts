import { identifyLink, identityOf } from '../links/identify-link.js'
import { makeProblem, type Problem } from '../problems.js'
import type { LinkIdentity, Page } from '../types.js'
import { fields, readField } from './fields.js'
import type { PageFacts } from './page-facts.js'

/** Which article a page is. */
export interface ArticleIdentity {
  key: string
  /** All other keys that the page proves: of the address asked for, and of the forms that the page gives of itself. */
  aliases: readonly string[]
  /** Canonical address: the short one when the page was asked for by it, else the long one, else the address asked for. */
  url: string
  /** Place in the page that the key was read from. */
  from: string
  problem?: Problem
}

/**
 * The identity of a page's article: account, message and place as the page states them, else what its address says. A page that names another article
 * than its long address is believed, with the problem `WECHAT_OTHER_ARTICLE`; that address then proves nothing.
 */
export function identifyArticle(facts: PageFacts, page: Page): ArticleIdentity {
  const asked = identifyLink(page.url)
  const stated = statedLink(facts)
  const own = [fields.link, fields.shortLink].flatMap(row => readField(facts, row)?.value ?? []).map(identifyLink)
  const links = [asked, identifyLink(page.finalUrl), ...own]
  if (stated === undefined) {
    const best = links.find(link => link.kind === 'wechat') ?? asked
    return { key: best.key, aliases: keysOf(links, best.key), url: best.url, from: 'address' }
  }
  const isOther = (link: LinkIdentity) => isLong(link) && identityOf(link.key) !== identityOf(stated.key)
  const short = isShort(asked) ? asked : undefined
  const hasCheckValue = stated.key !== identityOf(stated.key)
  const url = short?.url ?? (hasCheckValue || asked.kind === 'invalid' || asked.kind === 'other' ? stated.url : asked.url)
  return {
    key: stated.key,
    aliases: keysOf(
      links.filter(link => !isOther(link)),
      stated.key,
    ),
    url: isOther(asked) ? stated.url : url,
    from: 'page',
    ...(isOther(asked) ? { problem: otherArticle(page.url, asked, stated) } : {}),
  }
}

/** The long address of what the page states, or nothing when it does not state account, message and place. */
function statedLink(facts: PageFacts): LinkIdentity | undefined {
  const [biz, mid, idx, sn] = [fields.biz, fields.mid, fields.idx, fields.sn].map(row => readField(facts, row)?.value)
  if (biz === undefined || mid === undefined || idx === undefined) return undefined
  const link = identifyLink(`https://mp.weixin.qq.com/s?__biz=${biz}&mid=${mid}&idx=${idx}${sn === undefined ? '' : `&sn=${sn}`}`)
  return link.kind === 'wechat' ? link : undefined
}

const shortKey = 'wechat:s/'

function isShort(link: LinkIdentity): boolean {
  return link.kind === 'wechat' && link.key.startsWith(shortKey)
}

function isLong(link: LinkIdentity): boolean {
  return link.kind === 'wechat' && !link.key.startsWith(shortKey)
}

function keysOf(links: readonly LinkIdentity[], own: string): string[] {
  const keys = links.filter(link => link.kind === 'wechat' || link.kind === 'wechat-temporary').map(link => link.key)
  return [...new Set(keys)].filter(key => identityOf(key) !== identityOf(own)).sort()
}

function otherArticle(url: string, asked: LinkIdentity, stated: LinkIdentity): Problem {
  return makeProblem('WECHAT_OTHER_ARTICLE', { url }, 'The page is another article than its address names.', {
    data: { asked: asked.key, stated: stated.key },
  })
}
