import { isTag } from 'domhandler'
import { Tokenizer } from 'htmlparser2'
import { WeekloomError } from '../problems.js'
import { assertForm, aText } from '../text/form.js'
import { parseHtml, startTag } from '../text/html.js'

/**
 * What is done so that readers see pictures of hosts that refuse to be quoted, as WeChat's do:
 * - `no-referrer`: every picture is asked for without a referrer, which such hosts let pass. Some readers drop the attribute.
 * - `keep`: pictures stay as they are.
 * - `copy`: pictures are copied elsewhere in the run, and `rewriteImage` knows where to; the rest is treated as by `no-referrer`.
 * - a template such as `https://proxy.example/?url={url}`: pictures of such hosts are asked for through it, others stay.
 */
export type PicturePolicy = 'no-referrer' | 'keep' | 'copy' | (string & {})

/** Hosts of WeChat whose pictures show a notice when another site quotes them. */
const guardedHosts: ReadonlySet<string> = new Set(['mmbiz.qpic.cn', 'mmbiz.qlogo.cn', 'mmecoa.qpic.cn', 'res.wx.qq.com', 'wx.qlogo.cn'])

/** Gives the address from which a reader gets a picture, or `undefined` where it stays. */
export type RewriteImage = (url: string) => string | undefined

/** A policy made ready for use. */
export interface Pictures {
  rewrite: RewriteImage
  /** Whether pictures are asked for without a referrer. */
  hideReferrer: boolean
}

/** Reads a policy once for many entries. Throws a `WeekloomError` for a word that is no policy; its `rewrite` for what `rewriteImage` gives that is no text. */
export function readPicturePolicy(policy: PicturePolicy, asked: RewriteImage = () => undefined): Pictures {
  const rewriteImage: RewriteImage = url => {
    const address = asked(url) ?? undefined
    assertForm(address ?? '', aText, 'What `rewriteImage` gives')
    return address
  }
  if (policy === 'keep') return { rewrite: rewriteImage, hideReferrer: false }
  if (policy === 'no-referrer' || policy === 'copy') return { rewrite: rewriteImage, hideReferrer: true }
  if (!policy.includes('{url}')) {
    throw new WeekloomError(
      `images: "${policy}" is no way to treat pictures`,
      'Use "no-referrer", "keep", "copy", or an address with {url} in it.',
    )
  }
  const viaProxy: RewriteImage = url => (isGuarded(url) ? policy.replaceAll('{url}', () => encodeURIComponent(url)) : undefined)
  return { rewrite: url => rewriteImage(url) ?? viaProxy(url), hideReferrer: false }
}

/** Whether a picture shows a notice in its place when another site quotes it. */
export function isGuarded(url: string): boolean {
  return URL.canParse(url) && guardedHosts.has(new URL(url).hostname)
}

/** The HTML with its pictures (of `img`, and posters of `video`) treated by the policy; all else stays letter for letter. */
export function treatPictures(html: string, pictures: Pictures): string {
  let treated = ''
  let done = 0
  for (const { start, end } of findPictures(html)) {
    const tag = html.slice(start, end)
    treated += html.slice(done, start) + treatTag(tag, pictures)
    done = end
  }
  return done === 0 ? html : treated + html.slice(done)
}

function treatTag(tag: string, { rewrite, hideReferrer }: Pictures): string {
  const [element] = parseHtml(tag).children
  if (element === undefined || !isTag(element)) return tag
  const { attribs } = element
  const name = element.name === 'img' ? 'src' : 'poster'
  const url = attribs[name]
  const rewritten = url === undefined ? undefined : rewrite(url)
  if (rewritten !== undefined) {
    attribs[name] = rewritten
    // These name other sizes of the picture at the old place.
    delete attribs['srcset']
    delete attribs['sizes']
    return startTag(element)
  }
  if (!hideReferrer || element.name !== 'img' || attribs['referrerpolicy'] !== undefined) return tag
  return `<img referrerpolicy="no-referrer"${tag.slice('<img'.length)}`
}

/** Whether the HTML shows this picture already, in whatever size. */
export function showsPicture(html: string, picture: string): boolean {
  const key = pictureKey(picture)
  // The key's last part stands in any spelling of the address, so most bodies need no closer look.
  if (!html.includes(key.slice(key.lastIndexOf('/') + 1))) return false
  for (const { start, end } of findPictures(html)) {
    const [element] = parseHtml(html.slice(start, end)).children
    const url = element !== undefined && isTag(element) ? element.attribs['src'] : undefined
    if (url !== undefined && pictureKey(url) === key) return true
  }
  return false
}

/** Names a picture whatever its size and format: WeChat puts the size behind the path (`/0`, `/640`) and the format into the query. */
function pictureKey(url: string): string {
  const bare = url.split(/[?#]/, 1)[0] ?? ''
  const sized = isGuarded(url) ? bare.replace(/\/\d{1,4}$/, '') : bare
  return sized.replace(/^https?:/, '')
}

/** A tag's place in a text. */
interface Place {
  start: number
  end: number
}

/** Where the tags of pictures stand. A tokenizer, not an expression, tells a tag from the text of comments, scripts and attributes. */
function findPictures(html: string): Place[] {
  if (!/<(?:img|video)/i.test(html)) return []
  const places: Place[] = []
  let start = -1
  const ignore = () => {}
  const onTagEnd = (end: number) => {
    if (start >= 0) places.push({ start, end: end + 1 })
    start = -1
  }
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onopentagname: (from, to) => {
        const name = html.slice(from, to).toLowerCase()
        start = name === 'img' || name === 'video' ? from - 1 : -1
      },
      onopentagend: onTagEnd,
      onselfclosingtag: onTagEnd,
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      oncdata: ignore,
      onclosetag: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onprocessinginstruction: ignore,
      ontext: ignore,
      ontextentity: ignore,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return places
}
