import { toPlain } from './plain.js'
import { resolveLink, resolveUrl } from './url.js'
import { wordSet } from './word-set.js'

/** The attributes of an element as written, by name. */
export type Attributes = Readonly<Record<string, string>>

/** Reads the value of an attribute as it may be shown; undefined leaves the attribute out. */
type ReadAttribute = (value: string, baseUrl: string | undefined) => string | undefined

/** Elements that go with all they hold: what they hold is code, a control, or text that no reader was to see. */
export const droppedElements =
  wordSet(`script style template noscript noembed noframes iframe frame frameset object embed applet param portal fencedframe
  title head base basefont link meta svg math canvas map area xml
  textarea input button select option optgroup datalist progress meter keygen command menuitem bgsound plaintext dialog`)

/** Elements that are kept under a name that readers know. All others that are not in {@link allowedElements} go, and their content stays. */
export const renamedElements: Readonly<Record<string, string>> = {
  section: 'div',
  article: 'div',
  main: 'div',
  header: 'div',
  footer: 'div',
  nav: 'div',
  aside: 'div',
  address: 'div',
  center: 'div',
  form: 'div',
  fieldset: 'div',
  legend: 'div',
  hgroup: 'div',
  search: 'div',
  menu: 'ul',
  dir: 'ul',
  strike: 's',
  tt: 'code',
  acronym: 'abbr',
  listing: 'pre',
  xmp: 'pre',
  dfn: 'em',
}

const asPlain: ReadAttribute = value => toPlain(value) || undefined
/** An empty text alternative says that the picture is decoration. */
const asAlternative: ReadAttribute = value => toPlain(value)
const asLink: ReadAttribute = (value, base) => resolveLink(value, base)
const asUrl: ReadAttribute = (value, base) => resolveUrl(value, base)
const asSecureUrl: ReadAttribute = (value, base) => {
  const url = resolveUrl(value, base)
  return url?.startsWith('https:') ? url : undefined
}
const asFlag: ReadAttribute = () => ''
const matching =
  (pattern: RegExp): ReadAttribute =>
  value => {
    const trimmed = value.trim()
    return pattern.test(trimmed) ? trimmed : undefined
  }
const asPixels: ReadAttribute = value => /^\s{0,9}(\d{1,5})(?:\.\d{1,9})?(?:px)?\s{0,9}$/i.exec(value)?.[1]
const asSpan = matching(/^[1-9]\d{0,2}$/)
const asInteger = matching(/^-?\d{1,9}$/)
const asMoment = matching(/^[0-9TZ:.+PWDHMSY -]{1,40}$/i)
const asMediaType = matching(/^(?:audio|video)\/[\w.+-]{1,40}(?:; ?codecs=[\w., '-]{1,60})?$/i)
const asDirection: ReadAttribute = value => (/^(?:ltr|rtl|auto)$/i.test(value) ? value.toLowerCase() : undefined)
/** `class` says which language code is in, and nothing else. */
const asCodeLanguage: ReadAttribute = value => /(?:^|\s)(language-[\w+#.-]{1,40})(?=\s|$)/.exec(value.slice(0, 200))?.[1]

const anywhere: Readonly<Record<string, ReadAttribute>> = { dir: asDirection, lang: matching(/^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i) }
const quotation = { ...anywhere, cite: asUrl }
const cell = { ...anywhere, colspan: asSpan, rowspan: asSpan }
const columns = { ...anywhere, span: asSpan }
const edit = { ...anywhere, cite: asUrl, datetime: asMoment }
const player = { ...anywhere, src: asSecureUrl }

const plainElements = `p br hr h1 h2 h3 h4 h5 h6 div span figcaption ul dl dt dd pre kbd samp var em strong b i u s sub sup small mark cite ruby rt rp
  table caption thead tbody tfoot tr summary wbr`

/** What may stand in a feed: elements and, for each, its attributes. There are no ids: a link into the page leads to the page. */
export const allowedElements: ReadonlyMap<string, Readonly<Record<string, ReadAttribute>>> = new Map([
  ...plainElements.split(/\s+/).map(name => [name, anywhere] as const),
  ['a', { ...anywhere, href: asLink, title: asPlain }],
  ['abbr', { ...anywhere, title: asPlain }],
  ['audio', player],
  ['blockquote', quotation],
  ['code', { ...anywhere, class: asCodeLanguage }],
  ['col', columns],
  ['colgroup', columns],
  ['del', edit],
  ['details', { ...anywhere, open: asFlag }],
  ['figure', { ...anywhere, 'data-kind': matching(/^[a-z][a-z-]{0,31}$/) }],
  [
    'img',
    {
      src: asUrl,
      alt: asAlternative,
      title: asPlain,
      width: asPixels,
      height: asPixels,
      referrerpolicy: matching(/^no-referrer$/),
      dir: asDirection,
    },
  ],
  ['ins', edit],
  ['li', { ...anywhere, value: asInteger }],
  ['ol', { ...anywhere, start: asInteger, reversed: asFlag, type: matching(/^[1aAiI]$/) }],
  ['q', quotation],
  ['source', { src: asSecureUrl, type: asMediaType }],
  ['td', cell],
  ['th', { ...cell, scope: matching(/^(?:row|col|rowgroup|colgroup)$/) }],
  ['time', { ...anywhere, datetime: asMoment }],
  ['video', { ...player, poster: asUrl, width: asPixels, height: asPixels }],
])
