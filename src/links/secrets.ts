import { decodePercent } from '../text/url.js'
import { identifyLink } from './identify-link.js'
import { sessionNames } from './tracking.js'
import { wechatHost } from './wechat-link.js'

/**
 * Names of parameters that are called for what they keep to themselves, written as {@link isSecret} has them: `_` for what is no letter, `.` before a capital. Of a link in a post
 * they may be all that leads to the page, so there they stay; the address of a feed is only asked for, and nobody else need know it.
 */
const secretName =
  /(?:(?:(?:token|secret|passw(?:or)?d|jwt|bearer|authorization)s?|(?:access|api|app|auth|client|feed|pass|private|rss|secret|sign(?:ing)?|user)[_.]?key)(?:[_.]?id)?|(?:^|_)s?key|(?:^|[_.])(?:o?auth|sig|signature|pwd|(?:user[_.]?)?pass|credentials?))_?$/

/** A parameter in any text up to its value, also where `&` is escaped, or the whole stands percent-encoded in another address. */
const parameter = /([?&;#]|%3f|%26|%23)((?:[^=?&;#%\s"'<>]|%(?!3[df]|2[36])){1,100})(=|%3d|(?=[&#]|$))/gi
/** A value goes on behind `;` unless that begins another parameter. */
const value = /[^&#;\s"'<>]*(?:;[^=&#;\s"'<>]*(?=[&#;\s"'<>]|$))*/y
const encodedValue = /(?:[^&#;%\s"'<>]|%(?!2[36]))*/y
/** Who reads (`uin`) is a secret there; elsewhere it is whose page that is. */
const wechatAddress = new RegExp(`${wechatHost}[^\\s"'<>]+`, 'gi')
/** User name and password; with a colon between them, whatever they are made of. */
const credentials = /(\/\/|\bhttps?:\/?)(?:[^/?#\s"'<>]{1,300}|[^/?#\s"'<>:]{0,100}:[^/?#\s]{1,300})@/gi

/** An address as others may see it: without user name, password, and parameters that are called after a secret. */
export function publicAddress(address: string): string {
  const { kind, url } = identifyLink(address)
  if (kind !== 'other') return hideSecrets(address)
  const open = replaceSecrets(url, (mark, name, equals) => {
    if (equals === '' && !/[?&]/.test(mark)) return mark + name
    return /[?#]/.test(mark) ? mark : ''
  })
  return open === url ? url : open.replace(/([?#])[&;]/g, '$1').replace(/[?#](?=#|$)/g, '')
}

/** A text with the secrets of the addresses in it made unreadable: `…?token=…`. */
export function hideSecrets(text: string): string {
  if (!/[=@]|%3d/i.test(text)) return text
  const hide = (mark: string, name: string, equals: string, secret: string) => mark + name + equals + (secret && '…')
  const readerless = text.replace(wechatAddress, address => address.replace(/([?&;]uin=)[^&#]+/gi, '$1…'))
  return replaceSecrets(readerless.replace(credentials, '$1…@'), hide)
}

type Replace = (mark: string, name: string, equals: string, secret: string) => string

/** The text with something else for each parameter that holds a secret. Values of others are searched too: addresses stand in addresses. */
function replaceSecrets(text: string, replace: Replace): string {
  let done = ''
  let at = 0
  for (const { 0: whole, 1: mark = '', 2: name = '', 3: equals = '', index } of text.matchAll(parameter)) {
    if (index < at || !isSecret(name)) continue
    const end = mark.length > 1 ? encodedValue : value
    end.lastIndex = index + whole.length
    const behind = equals && (end.exec(text)?.[0] ?? '')
    // Parameters behind a semicolon stand in paths too, which the query ends.
    const secret = mark === ';' ? behind.replace(/\?.*/, '') : behind
    done += text.slice(at, index) + replace(mark, name, equals, secret)
    at = index + whole.length + secret.length
  }
  return done + text.slice(at)
}

/** @param written the name as it stands in the address: `%74oken`, `accessKey`, `key[]`, `token2` */
function isSecret(written: string): boolean {
  const name = decodePercent(written)
  const words = name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1.')
    .toLowerCase()
    .replace(/[^a-z.]+|\.(?![a-z])/g, '_')
  return secretName.test(words) || sessionNames.has(name.toLowerCase())
}
