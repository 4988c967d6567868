import { copyString } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import { decodeRepeatedly } from './decode-repeatedly.js'

/** Hosts of WeChat's pictures: known to answer by https, and every parameter but the type is about who asks. */
const pictureHosts: ReadonlySet<string> = new Set([
  'mmbiz.qpic.cn',
  'mmbiz.qlogo.cn',
  'mmecoa.qpic.cn',
  'wx.qlogo.cn',
  'res.wx.qq.com',
  'mmsns.qpic.cn',
  'vweixinf.tc.qq.com',
])

/**
 * The address of a picture as it can be shown anywhere: absolute, of WeChat's hosts https, with the type (`wx_fmt`) and without `tp=webp`, `wxfrom`,
 * `wx_lazy`, `from`, `#imgIndex=…`. Escapes (up to three deep) are resolved. Absent when the text is no address.
 */
export function cleanImageUrl(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw === '' || raw.length > 4_000) return undefined
  const href = resolveUrl(decodeRepeatedly(raw).trim())
  if (href === undefined) return undefined
  const url = new URL(href)
  if (pictureHosts.has(url.hostname)) {
    url.protocol = 'https:'
    const type = url.searchParams.get('wx_fmt')
    url.search = type === null ? '' : `?wx_fmt=${encodeURIComponent(type)}`
    url.hash = ''
  }
  return copyString(url.href)
}
