import { identifyLink } from './identify-link.js'
import { sessionNames } from './tracking.js'
import { wechatHost } from './wechat-link.js'

/**
 * Names of parameters that are called for what they keep to themselves. Of a link in a post they may be all that leads to the page, so there they stay; the address of a feed
 * is only asked for, and nobody else need know it.
 */
const secretName = /(?:token|secret|password|passwd|apikey)$|(?:^|[_-])(?:key|auth|sig|signature|pwd|pass|credentials?)$/

/** Name and value of a parameter in any text, also where `&` is escaped. */
const parameter = /([?&;])([^=&#;\s"'<>]{1,100})=([^&#\s"'<>]+)/g
/** Who reads (`uin`) is a secret there; elsewhere it is whose page that is. */
const wechatAddress = new RegExp(`${wechatHost}[^\\s"'<>]+`, 'gi')
const credentials = /\/\/[^/@\s"'<>]{1,300}@/g

/** An address as others may see it: without user name, password, and parameters that are called after a secret. */
export function publicAddress(address: string): string {
  const { kind, url } = identifyLink(address)
  if (kind !== 'other') return hideSecrets(address)
  if (!url.includes('?')) return url
  const parsed = new URL(url)
  const pairs = parsed.search.slice(1).split('&')
  const open = pairs.filter(pair => !isSecret((pair.split('=', 1)[0] ?? '').toLowerCase()))
  if (open.length === pairs.length) return url
  parsed.search = open.join('&')
  return parsed.href
}

/** A text with the secrets of the addresses in it made unreadable: `…?token=…`. */
export function hideSecrets(text: string): string {
  if (!text.includes('=') && !text.includes('@')) return text
  const readerless = text.replace(wechatAddress, address => hide(address, name => name === 'uin'))
  return hide(readerless.replace(credentials, '//…@'), isSecret)
}

/** @param isHidden is given names in small letters */
function hide(text: string, isHidden: (name: string) => boolean): string {
  return text.replace(parameter, (whole: string, before: string, name: string) =>
    isHidden(name.toLowerCase()) ? `${before}${name}=…` : whole,
  )
}

function isSecret(name: string): boolean {
  return secretName.test(name) || sessionNames.has(name)
}
