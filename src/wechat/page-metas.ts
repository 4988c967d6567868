import { decodeEntities } from '../text/html.js'
import type { PageText } from './page-text.js'
import { unescapeScript } from './script-string.js'

const maxMetas = 200
const attribute = /([a-zA-Z:-]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))/g

/** The page's meta elements by `property` or `name`, the first of each; what stands behind the start of the body is not looked at. */
export function readMetas(page: PageText): ReadonlyMap<string, string> {
  const metas = new Map<string, string>()
  const body = page.find('<body')
  const limit = body < 0 ? page.length : body
  // Pages that browsers have saved may have their tags in capitals.
  const tag = page.find('<meta ') < 0 ? '<META ' : '<meta '
  let at = page.find(tag)
  for (let count = 0; count < maxMetas && at >= 0 && at < limit; count++) {
    const next = page.find(tag, at + tag.length)
    const element = page.slice(at, Math.min(next < 0 ? limit : next, at + 20_000))
    const attributes = readAttributes(element)
    const name = attributes.get('property') ?? attributes.get('name')
    const content = attributes.get('content')
    if (name !== undefined && content !== undefined && !metas.has(name)) metas.set(name, plainContent(content))
    at = next
  }
  return metas
}

function readAttributes(element: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of element.matchAll(attribute)) {
    if (!attributes.has(name)) attributes.set(name, double ?? single ?? bare ?? '')
  }
  return attributes
}

/** WeChat leaves the escapes of its scripts in these: `\x0a`, and in titles a backslash and an n. */
function plainContent(content: string): string {
  return decodeEntities(unescapeScript(content))
}
