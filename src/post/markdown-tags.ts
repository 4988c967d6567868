import type { Env, MarkdownIt, StateInline } from 'markdown-it'
import { videoPage } from '../links/video-page.js'
import { resolveUrl } from '../text/url.js'
import { attributeOf } from './html-tags.js'

/**
 * What a site's generator replaces: Hugo's shortcodes, Liquid and Hexo tags, MDX comments, heading ids. No reader sees them, but for those
 * below; nor frames, which stand in no feed.
 */
const generatorTag =
  /<iframe\s[^<>]{1,2000}>(?:[^<]{0,500}<\/iframe>)?|\{(?:\{[<%][\s\S]{0,1000}?[%>]\}\}|%[\s\S]{0,400}?%\}|\{-?\s?(?:(?:site|page|post)\.|\$)[^}\n]{0,200}\}\}|\/\*[\s\S]{0,1000}?\*\/\}|#[\w\u00c0-\uffff.-]{1,100}\}$|:[^}\n]{0,200}\}$)/iy

/** The same in raw HTML, or code there, which shows tags as they are. */
const tagOrCode = new RegExp(`<(pre|code)\\b[\\s\\S]*?(?:</\\1|$)|${generatorTag.source}`, 'gi')

/** Tags that sites of Hugo, Hexo and Jekyll have for a picture, a link or a video, as Markdown; all others are nothing. */
const shownTags: readonly (readonly [tag: RegExp, markdown: string])[] = [
  // class, address, width, height, title
  [/^\{%\s*(?:asset_)?img\s(?:.*?\s)??(["']?)([^\s"']*[/.][^\s"']+)\1(?!\S)(?:\s+\d+%?(?!\S))*[\s"']*(.*?)["']*\s*%\}$/s, '![$3](<$2>)'],
  // text, address, whether it opens a window, title
  [/^\{%\s*link\s+(.+?)\s+((?:https?:\/)?\/\S*[^\s,])(?:\s.*)?%\}$/s, '[$1](<$2>)'],
  // a video by its id, which stands first, by name, or in an address
  [
    /^\{[{%][<%]?\s*youtube\s+(?:.*?(?:\bid=|[?&]v=|youtu\.be\/|embed\/))?["']?([\w-]{11})(?![\w=-]).*$/s,
    '<iframe src="//youtube.com/embed/$1">',
  ],
  [/^\{[{%][<%]?\s*bilibili\s+(?:.*?(?:id=|video\/))?["']?(BV\w{10})(?!\w).*$/s, '<iframe src="//bilibili.com/embed/$1">'],
  [/^\{[{%][<%]?\s*vimeo\s+(?:.*?(?:\bid=|vimeo\.com\/(?:video\/)?))?["']?(\d{6,12})(?!\w).*$/s, '<iframe src="//vimeo.com/embed/$1">'],
  [/^\{[{%][<%]?\s*(?:tweet|x)\s.*?(\d{15,20}).*$/s, '<https://x.com/i/status/$1>'],
  [/^\{.*$/s, ''],
]

export function readGeneratorTag(state: StateInline, silent: boolean): boolean {
  if (!/[{<]/.test(state.src.charAt(state.pos))) return false
  generatorTag.lastIndex = state.pos
  const tag = generatorTag.exec(state.src)?.[0]
  const shown = tag && shownBy(tag)
  // a frame that shows nothing is left to be talked about
  if (tag === undefined || shown === undefined) return false
  state.pos += tag.length
  if (silent) return true
  const tokens: StateInline['tokens'] = []
  state.md.inline.parse(shown, state.md, state.env, tokens)
  for (const token of tokens) Object.assign(state.push(token.type, token.tag, token.nesting), token)
  return true
}

/** Raw HTML with what its tags show. */
export function withoutTags(html: string, markdown: MarkdownIt, env: Env): string {
  return html.replace(tagOrCode, found => (/^<[pc]/i.test(found) ? found : markdown.renderInline(found, env)))
}

function shownBy(tag: string): string | undefined {
  if (tag.startsWith('<')) return frame(attributeOf(tag, 'src') || attributeOf(tag, 'data-src'))
  if (/^\{\{[<%]\s*figure\s/.test(tag)) return figure(tag)
  return shownTags.reduce((text, [pattern, markdown]) => text.replace(pattern, markdown), tag)
}

/** `{{< figure src="a.png" alt="" link="" title="" caption="" >}}` of Hugo; its title and its caption stand below the picture. */
function figure(tag: string): string {
  const [src, alt = '', link, ...below] = ['src', 'alt', 'link', 'title', 'caption'].map(name => attributeOf(tag, name))
  const image = `![${alt}](<${src}>)`
  return src ? [link ? `[${image}](<${link}>)` : image, ...below.filter(Boolean)].join('<br>') : ''
}

/** A video as the page that shows it, in the form of those of articles; another frame as a link to what it holds. */
function frame(src = ''): string | undefined {
  const url = resolveUrl(src)
  const video = url && videoPage(url)
  if (video) return `<figure data-kind="video"><${video}></figure>`
  return url?.startsWith('https:') ? `<p><${url}></p>` : undefined
}
