/** A string as the scripts of a page write it. */
export function scriptString(text: string): string {
  const escaped = text.replace(/[\\\n\r"&'<>]/g, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `JsDecode('${escaped}')`
}

type Value = string | number | readonly Value[] | { readonly [name: string]: Value }

/** A value in the grammar of `cgiDataNew`. */
export function literal(value: Value): string {
  if (typeof value === 'string') return scriptString(value)
  if (typeof value === 'number') return `'${value}' * 1`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${name}: ${literal(item)},`)
    .join('\n')} }`
}

export const stated = {
  nick_name: '试验织坊',
  user_name: 'gh_0123456789ab',
  alias: 'test-weave',
  title: '怎样织一匹布',
  author: '织女',
  bizuin: 'MzA5OTk5OTk4OQ==',
  mid: 2650000001,
  idx: 1,
  sn: '0123456789abcdef0123456789abcdef',
  ori_create_time: 1_700_000_000,
  item_show_type: 0,
} as const

export const longAddress = 'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk4OQ==&mid=2650000001&idx=1&sn=0123456789abcdef0123456789abcdef'
export const longKey = 'wechat:MzA5OTk5OTk4OQ==/2650000001/1/0123456789abcdef0123456789abcdef'
export const shortAddress = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv'

/** A page of the newest template with `cgiDataNew` alone. */
export function cgiPage(own: { readonly [name: string]: Value } = {}): string {
  return `<!DOCTYPE html><html><head><title></title></head><body><script h5only>(function () { window.cgiDataNew = ${literal({ ...stated, ...own })}; })()</script></body></html>`
}

/** The same with a body. */
export function bodyPage(html: string, own: { readonly [name: string]: Value } = {}): string {
  return cgiPage({ ...own, content_noencode: html })
}

/** A notice instead of an article. */
export function noticePage(title: string, detail = '', scripts = ''): string {
  return `<!DOCTYPE html><html><head><title></title><style>.weui-msg__title{margin:0}</style></head><body><div class="weui-msg"><div class="weui-msg__text-area">
<h2 class='weui-msg__title title'>
  ${title}
</h2><div class="weui-msg__desc"><p>${detail}</p></div></div></div><script>var biz = '' || ''; ${scripts}</script></body></html>`
}
