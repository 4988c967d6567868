import { identifyLink, identityOf } from '../links/identify-link.js'
import type { LinkRef } from '../types.js'

const wechatAddress = /(?:https?:\/\/)?mp\.weixin\.qq\.com\/[\w?=&%#./~;+-]{1,1000}/gi
const mostShown = 4

/** Keys of the WeChat articles whose addresses a link shows as its text while it leads to another address: free evidence that both are one article. */
export function shownKeys({ text, key }: Pick<LinkRef, 'text' | 'key'>): readonly string[] {
  if (!key.startsWith('wechat:')) return []
  const shown = (text.slice(0, 5_000).match(wechatAddress) ?? [])
    .slice(0, mostShown)
    .map(address => identifyLink(/^http/i.test(address) ? address : `https://${address}`))
  return [...new Set(shown.filter(({ kind }) => kind === 'wechat').map(link => link.key))].filter(
    other => identityOf(other) !== identityOf(key),
  )
}
