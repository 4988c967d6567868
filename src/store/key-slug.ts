import { identityOf } from '../links/identify-link.js'
import { hashText } from './hash-text.js'

const longForm = /^wechat:([^/]+)\/(\d+)\/(\d+)$/
const shortForm = /^wechat:s\/([^/]+)$/

/**
 * Names the records about a thing, the same for all keys that name it: `wechat/<biz>/<mid>-<idx>`, `wechat/s/<id>`, else
 * `web/<host>/<20 digits>` of the hash of its address. Short, safe in a path, and readable where the key allows.
 */
export function slugOf(key: string): string {
  const identity = identityOf(key)
  const [, biz, mid, idx] = longForm.exec(identity) ?? []
  if (biz !== undefined) return `wechat/${biz}/${mid}-${idx}`
  const [, id] = shortForm.exec(identity) ?? []
  if (id !== undefined) return `wechat/s/${id}`
  const host = URL.canParse(identity) ? new URL(identity).host : ''
  return `${host === '' ? 'other' : `web/${host}`}/${hashText(identity, 20)}`
}

/** Whether two sets of keys cannot name one article: both have keys of WeChat's long form, and none in common. */
export function namesDiffer(keys: readonly string[], others: readonly string[]): boolean {
  const mine = new Set(keys.map(identityOf).filter(key => longForm.test(key)))
  const theirs = others.map(identityOf).filter(key => longForm.test(key))
  return mine.size > 0 && theirs.length > 0 && !theirs.some(key => mine.has(key))
}
