import type { NameScope } from './feed-names.js'

const IS_PREFIXED = /<\/?[a-zA-Z][\w.-]{0,30}:[a-zA-Z]/
const PREFIXED = /<(\/?)([a-zA-Z][\w.-]{0,30}):(?=[a-zA-Z])/g
const DECLARATION = /\sxmlns:([\w.-]{1,31})\s{0,9}=\s{0,9}["']([^"'<>]{0,200})["']/g

/** The markup with the names of HTML, SVG and MathML as HTML has them: without a prefix, whichever the feed chose. `scope` is what prefixes mean around it. */
export function dropPrefixes(markup: string, scope: NameScope): string {
  if (!IS_PREFIXED.test(markup)) return markup
  const declared = new Map<string, string>()
  if (markup.includes('xmlns:')) for (const [, prefix = '', address = ''] of markup.matchAll(DECLARATION)) declared.set(prefix, address)
  return markup.replace(PREFIXED, (tag, slash: string, prefix: string) =>
    scope.isMarkup(prefix, declared.get(prefix)) ? `<${slash}` : tag,
  )
}
