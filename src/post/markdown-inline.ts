import type { Env, MarkdownIt, StateInline, Token } from 'markdown-it'
import { bareAddressAt } from './bare-address.js'
import { showLoneTags } from './lone-tags.js'
import { readGeneratorTag, withoutTags } from './markdown-tags.js'

/** Adds what CommonMark lacks inside a paragraph: bold next to Chinese punctuation, bare addresses, footnote marks, generators' tags. */
export function addInlineRules(markdown: MarkdownIt): void {
  markdown.inline.State = withLenientBold(markdown.inline.State)
  markdown.inline.ruler.at('linkify', readBareAddress)
  markdown.inline.ruler.at('autolink', readAutolink)
  markdown.inline.ruler.before('link', 'footnote_mark', readFootnoteMark)
  markdown.inline.ruler.before('link', 'spaced_reference', readSpacedReference)
  markdown.inline.ruler.before('link', 'generator_tag', readGeneratorTag)
  markdown.renderer.rules['footnote_mark'] = (tokens, index) => `<sup>[${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}]</sup>`
  markdown.core.ruler.after('inline', 'lone_tags_and_boxes', state => {
    state.tokens.forEach((token, at) => {
      if (token.type === 'html_block') token.content = withoutTags(token.content, markdown, state.env)
      if (!token.children) return
      showLoneTags(token.children)
      for (const child of token.children) if (child.attrs) boundAddress(child, state.env)
      if (state.tokens[at - 2]?.type === 'list_item_open') showTaskBox(token.children[0])
    })
  })
}

/** Takes what an address and its title will need from the room that is left; without any, the link keeps its text alone. */
function boundAddress(token: Token, env: Env): void {
  const written = String(token.attrs)
  const room = Number(env['room']) - written.length - (/^\w+,https?:\/\//i.test(written) ? 0 : Number(env['baseLength']))
  if (room < 0) token.attrs = null
  env['room'] = room
}

/** `[ ]` and `[x]` at the beginning of a list item, as signs: feeds have no form elements. */
function showTaskBox(first: Token | undefined): void {
  const box = first?.type === 'text' ? /^\[([ xX])\]\s/.exec(first.content) : null
  if (first && box) first.content = (box[1] === ' ' ? '☐ ' : '☑ ') + first.content.slice(box[0].length)
}

/**
 * `**加粗：**后面` and `**官网: **[…` are bold on the sites that these posts are written for, but not in CommonMark: two asterisks
 * open before anything but white space, and close after anything, unless white space stands on both sides.
 */
function withLenientBold(State: MarkdownIt['inline']['State']): MarkdownIt['inline']['State'] {
  return class extends State {
    override scanDelims(start: number, canSplitWord: boolean): ReturnType<StateInline['scanDelims']> {
      const scanned = super.scanDelims(start, canSplitWord)
      if (this.src.charCodeAt(start) !== 0x2a || scanned.length < 2) return scanned
      const spaceBefore = start === 0 || isSpace(this.src.charCodeAt(start - 1))
      const end = start + scanned.length
      const spaceAfter = end >= this.posMax || isSpace(this.src.charCodeAt(end))
      return { can_open: !spaceAfter, can_close: !spaceBefore || (!spaceAfter && start > 0), length: scanned.length }
    }
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0xa0 || code === 0x3000
}

function readBareAddress(state: StateInline, silent: boolean): boolean {
  if (state.linkLevel > 0 || !state.src.startsWith('://', state.pos)) return false
  const address = bareAddressAt(state.src, state.pos, silent ? state.pos : state.pending.length, state.posMax)
  if (!address) return false
  if (!silent) {
    state.pending = state.pending.slice(0, state.pending.length - (state.pos - address.start))
    pushAddress(state, address.text)
  }
  state.pos = address.end
  return true
}

/** `<https://…>` and `<name@host>`; CommonMark would take any `<Word:word>` for an address, which in posts is the name of a thing. */
function readAutolink(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3c) return false
  const pattern = /<(?:(https?:\/\/[^\s<>]{1,4000})|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}))>/iy
  pattern.lastIndex = state.pos
  const match = pattern.exec(state.src)
  if (!match) return false
  if (!silent) pushAddress(state, match[1] ?? match[2] ?? '', match[2] === undefined ? '' : 'mailto:')
  state.pos += match[0].length
  return true
}

function pushAddress(state: StateInline, text: string, prefix = ''): void {
  const open = state.push('link_open', 'a', 1)
  open.attrs = [['href', prefix + text]]
  state.push('text', '', 0).content = text
  state.push('link_close', 'a', -1).info = open.info = 'auto'
}

function readFootnoteMark(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('[^', state.pos)) return false
  const match = /^\[\^([^\]\s[]{1,64})\]/.exec(state.src.slice(state.pos, state.pos + 70))
  const known = state.env['footnotes']
  if (!match?.[1] || !(known instanceof Set) || !known.has(match[1])) return false
  if (!silent) state.push('footnote_mark', '', 0).content = match[1]
  state.pos += match[0].length
  return true
}

/** `[text] [reference]`: the space makes two things of it for CommonMark, and the reference's name would become the text. */
function readSpacedReference(state: StateInline, silent: boolean): boolean {
  const references = state.env.references
  if (!references || state.src.charCodeAt(state.pos) !== 0x5b) return false
  const { parseLinkLabel } = state.md.helpers
  const textEnd = parseLinkLabel(state, state.pos, true)
  if (textEnd < 0 || !state.src.startsWith(' [', textEnd + 1)) return false
  const labelStart = textEnd + 2
  const labelEnd = parseLinkLabel(state, labelStart, true)
  if (labelEnd < 0) return false
  const referenceOf = (from: number, to: number) => references[state.md.utils.normalizeReference(state.src.slice(from, to))]
  const reference = referenceOf(labelStart + 1, labelEnd)
  if (!reference || referenceOf(state.pos + 1, textEnd)) return false
  if (!silent) {
    const end = state.posMax
    state.pos += 1
    state.posMax = textEnd
    state.push('link_open', 'a', 1).attrs = [['href', reference.href]]
    state.linkLevel++
    state.md.inline.tokenize(state)
    state.linkLevel--
    state.push('link_close', 'a', -1)
    state.posMax = end
  }
  state.pos = labelEnd + 1
  return true
}
