import type { Problem } from '../problems.js'
import { assertInput } from '../text/assert-input.js'
import { checkAtom } from './check-atom.js'
import { checkJson, isJsonFeed } from './check-json.js'
import { checkOpml } from './check-opml.js'
import { checkRss } from './check-rss.js'
import { collectFindings, type Findings } from './findings.js'
import { JsonFault, type JsonNode, scanJson } from './scan-json.js'
import { scanXml, type XmlElement } from './scan-xml.js'

/** Bytes from which on some readers refuse a feed. */
const LARGE = 500_000

const ATOM = 'http://www.w3.org/2005/Atom'

/** Forms of feeds in XML, by the name of the root and its namespace. RSS 1.0 is checked for being well-formed only. */
const FORMS: readonly { name: string; space: string; check?: (root: XmlElement, findings: Findings) => void }[] = [
  { name: 'rss', space: '', check: checkRss },
  { name: 'feed', space: ATOM, check: checkAtom },
  { name: 'opml', space: '', check: checkOpml },
  { name: 'RDF', space: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' },
]

/**
 * Checks a feed, one's own or another's: RSS 2.0 with its Best Practices Profile, Atom 1.0 (RFC 4287), JSON Feed 1.1, OPML 2.0. Tells of
 * what is not well-formed, missing, repeated, not unique, no date, no absolute address, and of what readers stumble over, each with its
 * line and column (in UTF-16 units), in the order of the text; of at most 500 things. None means that there is nothing to mend. Never throws for a
 * text, whatever it is; a `WeekloomError` for anything else.
 */
export function checkFeed(text: string): Problem[] {
  assertInput(typeof text === 'string', 'The feed to check', text, 'a text')
  const findings = collectFindings(text)
  if (/^\ufeff?\s{0,1000}\{/.test(text)) checkJsonText(text, findings)
  else checkXmlText(text, findings)
  const bytes = new TextEncoder().encode(text).length
  if (bytes > LARGE) findings.add('FEED_TOO_LARGE', 0, `The feed has ${bytes} bytes.`)
  return [...findings.problems].sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0) || (a.where.column ?? 0) - (b.where.column ?? 0))
}

function checkXmlText(text: string, findings: Findings): void {
  const { root, faults } = scanXml(text)
  for (const { at, message } of faults) findings.add('FEED_NOT_WELL_FORMED', at, message)
  if (root === undefined) return
  const form = FORMS.find(({ name, space }) => name === root.name && space === root.space)
  if (form !== undefined) form.check?.(root, findings)
  else if (root.name === 'feed' && root.space === 'http://purl.org/atom/ns#')
    findings.add('FEED_VERSION_OLD', root.at, 'The feed is Atom 0.3.')
  else findings.add('FEED_UNKNOWN', root.at, `The root element is <${root.name}>, which is no feed.`)
}

function checkJsonText(text: string, findings: Findings): void {
  const document = readJson(text, findings)
  if (document === undefined) return
  if (isJsonFeed(document)) checkJson(document, findings)
  else findings.add('FEED_UNKNOWN', document.at, 'The JSON says of itself nothing of a feed.')
}

function readJson(text: string, findings: Findings): JsonNode | undefined {
  try {
    return scanJson(text)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    findings.add('FEED_NOT_WELL_FORMED', error.at, error.message)
    return undefined
  }
}
