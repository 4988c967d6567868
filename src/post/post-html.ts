import type { Env, Token } from 'markdown-it'
import { identifyLink } from '../links/identify-link.js'
import { decodeEntities, escapeAttribute } from '../text/html.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { holdsUnseen, isPlainAddress, targetOf, withoutSessions } from './link-target.js'
import { type Markdown, renderTokens } from './markdown.js'
import { holdsRawHtml, writeSafeHtml } from './token-html.js'

/**
 * The HTML of a post or of a part of it: rendered, made safe, links mended, canonical, and absolute when the post's own address is known.
 * Nothing of anybody's session is in it.
 */
export function htmlOf(tokens: readonly Token[], { env }: Markdown, baseUrl?: string): string {
  for (const { children } of tokens) if (children) mendLinks(children, baseUrl)
  const html = holdsRawHtml(tokens) ? throughParser(tokens, env, baseUrl) : writeSafeHtml(tokens, { baseUrl, canonical })
  return withoutSessions(html, escapeAttribute).trim()
}

function throughParser(tokens: readonly Token[], env: Env, baseUrl: string | undefined): string {
  const html = sanitizeHtml(renderTokens([...tokens], env), baseUrl === undefined ? {} : { baseUrl })
  return html.replace(anchor, (_, before: string, href: string) => before + escapeAttribute(canonical(decodeEntities(href))))
}

/** The start of a link as the sanitiser writes it, up to its address. */
const anchor = /(<a (?:[\w-]{1,40}="[^"]*" ){0,5}href=")(https?:[^"]*)/g

/** Addresses of WeChat are seen to wherever they stand, not in links alone. */
function canonical(href: string): string {
  if (!/^https?:/.test(href) || !/[?#]/.test(href) || href.includes('//mp.weixin.qq.com/')) return href
  const { kind, url } = identifyLink(href)
  return kind === 'invalid' ? href : url
}

/** An address of mail that was written as a link without its scheme. */
const mail = /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/

/** The sanitiser drops what is no http(s) address and lets through what only looks like one (`https://https://…`), so mistyped ones are mended before. */
function mendLinks(children: readonly Token[], baseUrl: string | undefined): void {
  for (const token of children) {
    const href = token.type === 'link_open' ? token.attrGet('href') : null
    if (typeof href !== 'string' || isPlainAddress(href)) continue
    const { identity, problem } = targetOf(href, baseUrl)
    if (identity && (problem || !/^https?:\/\/[\w-]/i.test(href) || holdsUnseen(href))) token.attrSet('href', identity.url)
    else if (mail.test(href)) token.attrSet('href', `mailto:${href}`)
  }
}
