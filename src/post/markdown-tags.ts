import type { Env, MarkdownIt, StateInline } from 'markdown-it'
import { attributeOf } from './html-tags.js'

/** What a site's generator replaces: Hugo's shortcodes, Liquid and Hexo tags, MDX comments, heading ids. No reader sees them, but for those below. */
const generatorTag =
  /\{(?:\{[<%][\s\S]{0,1000}?[%>]\}\}|%[\s\S]{0,400}?%\}|\{-?\s?(?:(?:site|page|post)\.|\$)[^}\n]{0,200}\}\}|\/\*[\s\S]{0,1000}?\*\/\}|#[\w\u00c0-\uffff.-]{1,100}\}$|:[^}\n]{0,200}\}$)/y

/** The same in raw HTML, or code there, which shows tags as they are. */
const tagOrCode = new RegExp(`<(pre|code)\\b[\\s\\S]*?(?:</\\1|$)|${generatorTag.source}`, 'gi')

/** The tags that every site of Hexo and Octopress has for a picture or a link, as Markdown; all others are nothing. */
const shownTags: readonly (readonly [tag: RegExp, markdown: string])[] = [
  // class, address, width, height, title
  [/^\{%\s*(?:asset_)?img\s(?:.*?\s)??(["']?)([^\s"']*[/.][^\s"']+)\1(?!\S)(?:\s+\d+%?(?!\S))*[\s"']*(.*?)["']*\s*%\}$/s, '![$3](<$2>)'],
  // text, address, whether it opens a window, title
  [/^\{%\s*link\s+(.+?)\s+((?:https?:\/)?\/\S*[^\s,])(?:\s.*)?%\}$/s, '[$1](<$2>)'],
  [/^\{.*$/s, ''],
]

export function readGeneratorTag(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x7b) return false
  generatorTag.lastIndex = state.pos
  const tag = generatorTag.exec(state.src)?.[0]
  if (tag === undefined) return false
  state.pos += tag.length
  if (silent) return true
  const tokens: StateInline['tokens'] = []
  state.md.inline.parse(shownBy(tag), state.md, state.env, tokens)
  for (const token of tokens) Object.assign(state.push(token.type, token.tag, token.nesting), token)
  return true
}

/** Raw HTML with what its tags show. */
export function withoutTags(html: string, markdown: MarkdownIt, env: Env): string {
  return html.replace(tagOrCode, found => (found.startsWith('<') ? found : markdown.renderInline(found, env)))
}

function shownBy(tag: string): string {
  if (/^\{\{[<%]\s*figure\s/.test(tag)) return figure(tag)
  return shownTags.reduce((text, [pattern, markdown]) => text.replace(pattern, markdown), tag)
}

/** `{{< figure src="a.png" alt="" link="" title="" caption="" >}}` of Hugo; its title and its caption stand below the picture. */
function figure(tag: string): string {
  const [src, alt = '', link, ...below] = ['src', 'alt', 'link', 'title', 'caption'].map(name => attributeOf(tag, name))
  const image = `![${alt}](<${src}>)`
  return src ? [link ? `[${image}](<${link}>)` : image, ...below.filter(Boolean)].join('<br>') : ''
}
