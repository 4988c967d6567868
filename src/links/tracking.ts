import { decodePercent } from '../text/url.js'
import { wordSet } from '../text/word-set.js'
import { wechatHost } from './wechat-link.js'

/**
 * Parameters that say who passed an address on, not what it leads to. Only names that mean this on every site are here: a parameter that is dropped wrongly makes a dead link.
 */
const trackingNames =
  wordSet(`fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid mc_cid mc_eid mkt_tok oly_anon_id oly_enc_id
  _hsenc _hsmi hsctatracking vero_id wickedid ref_src ref_url
  spm scm spm_id_from from_spmid vd_source share_source share_medium share_plat share_session_id share_tag share_from share_token share_uid
  chksm sharer_shareid sharer_sharetime sharer_shareinfo mpshare nwr_flag wx_lazy wxfrom wechat_redirect`)
const trackingPrefixes: readonly string[] = ['utm_', 'hmsr', 'hmpl', 'hmcu', 'hmkw', 'hmci']

/** Names that mean it on these sites alone, whose articles are named by the path. */
const trackingOfSites: readonly (readonly [host: RegExp, names: ReadonlySet<string>])[] = [
  [/^(?:[\w-]+\.)?medium\.com$/, wordSet('source')],
  [/^(?:[\w-]+\.)?blog\.csdn\.net$/, wordSet('ops_request_misc request_id biz_id depth_1-utm_source')],
  [/^(?:www\.)?(?:zhuanlan\.)?zhihu\.com$/, wordSet('share_code')],
  [/^juejin\.(?:cn|im)$/, wordSet('from searchid')],
  [/^(?:www\.|xie\.)?infoq\.cn$/, wordSet('from source')],
  [/^segmentfault\.com$/, wordSet('_ea')],
  [/^wx\d?\.qq\.com$/, wordSet('skey deviceid')],
]

/** What else WeChat has of the reader in its addresses, also in those of copies that an archive keeps under the address that was read. */
const readerNames = wordSet('key uin devicetype')

/** Parameters that let the holder act as somebody, under the names that are used for nothing else. They must never be published. */
export const sessionNames =
  wordSet(`pass_ticket exportkey poc_token wxtoken appmsg_token wap_sid2 sessionid session_id sessid jsessionid phpsessid aspsessionid
  access_token refresh_token id_token auth_token authtoken api_key apikey client_secret`)

/** Whether an address means the same without this parameter, or must not be shown with it. The name is as written, perhaps percent-encoded. */
export function isDroppedParameter(name: string, { hostname, pathname }: Pick<URL, 'hostname' | 'pathname'>): boolean {
  const plain = decodePercent(name).toLowerCase()
  return (
    trackingNames.has(plain) ||
    sessionNames.has(plain) ||
    (readerNames.has(plain) && pathname.includes(`/${wechatHost}/`)) ||
    trackingPrefixes.some(prefix => plain.startsWith(prefix)) ||
    trackingOfSites.some(([host, names]) => names.has(plain) && host.test(hostname))
  )
}

/** Fragments that WeChat hangs on addresses, also when they are passed on to other sites. */
const droppedFragments: ReadonlySet<string> = new Set(['', '#', '#rd', '#wechat_redirect', '#wechat_webview_type=1'])

/** Whether a fragment (with its `#`) names no place in the page. */
export function isDroppedFragment(hash: string): boolean {
  return droppedFragments.has(hash.toLowerCase())
}
