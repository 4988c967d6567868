import { copyString } from '../text/plain.js'
import { parseUrl, splitTidyUrl } from '../text/url.js'
import type { LinkIdentity, LinkKind } from '../types.js'
import { identifyLink } from './identify-link.js'

/** A row: addresses whose host and path match are of this kind. The first row that matches decides. */
interface KindRule {
  kind: LinkKind
  host: RegExp
  /** @default any path */
  path?: RegExp
  /** Of the query, with its question mark. @default any, and none */
  query?: RegExp
}

/** Hosts that keep code, all with addresses of the form `/owner/name/…`. */
const forge = /^(?:(?:www\.)?(?:github|gitee|gitcode|atomgit)\.(?:com|net)|codeberg\.org|bitbucket\.org)$/
/** GitLab nests groups and puts its own pages behind `/-/`. */
const gitlab = /^gitlab\./
/** First segments that are pages of the forge, not owners. */
const notOwner =
  '(?!(?:about|apps|collections|customer-stories|explore|enterprises?|events|features|login|marketplace|notifications|orgs|organizations|pricing|search|settings|sponsors|stars|topics|trending|users)/)'
const repository = `^/${notOwner}[^/]+/[^/]+`
const imageFile = /\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico)$/i

const rules: readonly KindRule[] = [
  { kind: 'release', host: forge, path: new RegExp(`${repository}/(?:releases|tags)(?:/|$)`, 'i') },
  {
    kind: 'issue',
    host: forge,
    path: new RegExp(`${repository}/(?:issues|pull|pulls|pull-requests|merge_requests|discussions)/[A-Z0-9]+`, 'i'),
  },
  { kind: 'repository', host: forge, path: new RegExp(`${repository}/?$`, 'i') },
  { kind: 'repository', host: forge, path: new RegExp(`${repository}/(?:tree|src)/`, 'i') },
  { kind: 'image', host: forge, path: imageFile, query: /[?&]raw=(?:true|1)\b/ },
  { kind: 'site', host: forge, path: /\/(?:blob|wiki)\// },
  { kind: 'release', host: gitlab, path: /\/(?:-\/)?(?:releases|tags)(?:\/|$)/ },
  { kind: 'issue', host: gitlab, path: /\/(?:-\/)?(?:issues|merge_requests)\/\d+/ },
  { kind: 'site', host: gitlab, path: /\/-\/|^\/(?:explore|help|users|groups)(?:\/|$)/ },
  { kind: 'repository', host: gitlab, path: /^\/[^/]+\/[^/]+/ },
  { kind: 'site', host: /^docs\.gitlab\.|^about\.gitlab\./ },

  {
    kind: 'meeting',
    host: /^(?:meeting\.tencent\.com|(?:meeting|n|h5)\.dingtalk\.com|(?:[\w-]+\.)?voovmeeting\.com|vc\.feishu\.cn|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|meet\.jit\.si)$/,
  },
  {
    kind: 'meeting',
    host: /^(?:[\w-]+\.)*(?:zoom\.us|zoom\.com\.cn|zoomgov\.com|webex\.com)$/,
    path: /^\/(?:j|w|s|my|wc|meet|meeting|webinar|join|[\w.-]+\/j\.php)(?:\/|$)/,
  },

  { kind: 'video', host: /^(?:www\.|m\.)?bilibili\.com$/, path: /^\/(?:video|bangumi|cheese|festival|list)\// },
  { kind: 'video', host: /^(?:live\.bilibili\.com|b23\.tv|youtu\.be)$/, path: /^\/./ },
  { kind: 'video', host: /^(?:www\.|m\.)?youtube(?:-nocookie)?\.com$/, path: /^\/(?:watch|live|shorts|playlist|embed)(?:\/|$)/ },
  {
    kind: 'video',
    host: /^(?:v\.qq\.com|v\.youku\.com|player\.youku\.com|www\.ixigua\.com|v\.douyin\.com|player\.vimeo\.com)$/,
    path: /^\/./,
  },
  { kind: 'video', host: /^vimeo\.com$/, path: /^\/\d+/ },
  { kind: 'video', host: /./, path: /\.(?:mp4|webm|m4v|mov|m3u8)$/i },

  { kind: 'site', host: /./, path: /\/(?:File|Datei|文件|%E6%96%87%E4%BB%B6):/i },
  { kind: 'image', host: /./, path: imageFile },
  {
    kind: 'image',
    host: /^(?:[\w-]+\.)*qpic\.cn$|^wx\.qlogo\.cn$|^mmbiz\.qlogo\.cn$|^(?:user-images|private-user-images|avatars|camo)\.githubusercontent\.com$|^img\.shields\.io$|^(?:i\.imgur|images\.unsplash)\.com$|^p\d*-[\w-]+\.byteimg\.com$/,
  },
  { kind: 'image', host: /^(?:gw|mdn)\.alipayobjects\.com$/, path: /\/img\// },
]

/**
 * What a linked address is to a reader, judged by the address alone: `wechat` for an article of an Official Account, else by a table of hosts and paths, else `site`
 * for http(s) and `other` for the rest. Other pages of WeChat are `site`. Give it an address that is mended already (see `mendUrl`).
 */
export function linkKind(url: string): LinkKind {
  return kindOfIdentity(identifyLink(url))
}

/** The same for an address that is identified already. */
export function kindOfIdentity({ kind, url }: LinkIdentity): LinkKind {
  if (kind === 'wechat') return 'wechat'
  if (kind === 'invalid') return 'other'
  const place = kind === 'other' ? (splitTidyUrl(url) ?? parseUrl(url)) : undefined
  if (place === undefined) return 'site'
  const rule = rulesOf(place.hostname).find(row => (row.path?.test(place.pathname) ?? true) && (row.query?.test(place.search) ?? true))
  return rule?.kind ?? 'site'
}

/** The rules for a host: posts link to few hosts, and to the same again and again. */
function rulesOf(hostname: string): readonly KindRule[] {
  const known = rulesByHost.get(hostname)
  if (known) return known
  if (rulesByHost.size >= mostHosts) rulesByHost.clear()
  const own = rules.filter(({ host }) => host.test(hostname))
  rulesByHost.set(copyString(hostname), own)
  return own
}

const rulesByHost = new Map<string, readonly KindRule[]>()
const mostHosts = 500
