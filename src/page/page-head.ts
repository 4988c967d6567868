import { autodiscoveryTags } from '../feed/autodiscovery.js'
import { toWebUrl } from '../feed/web-url.js'
import { escapeAttribute, escapeText } from '../text/html.js'
import type { PageFeed } from './page-options.js'
import { pageScript, pageScriptHash } from './page-script.js'
import { pageStyle, pageStyleHash } from './page-style.js'

/** Nothing runs, is loaded or is sent but what the page is made of, and pictures. */
const POLICY = [
  "default-src 'none'",
  `script-src '${pageScriptHash}'`,
  `style-src '${pageStyleHash}'`,
  'img-src https: http: data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Four threads that cross. In the page itself, so that no browser asks the site for an icon. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M5 0v16M11 0v16' stroke='%232b4a8b' stroke-width='3'/%3E%3Cpath d='M0 5h3.2M6.8 5H16M0 11h9.2M12.8 11H16' stroke='%23a03a2c' stroke-width='3'/%3E%3C/svg%3E"

export interface PageHead {
  title: string
  description: string | undefined
  /** Of the page's own words. */
  language: string
  generator: string
  selfUrl: string | undefined
}

/** The page up to and with its `head`. */
export function headOf({ title, description, language, generator, selfUrl }: PageHead, feeds: readonly PageFeed[]): string {
  const self = toWebUrl(selfUrl)
  const meta = (name: string, content: string | undefined) =>
    content === undefined ? '' : `<meta name="${name}" content="${escapeAttribute(content)}">\n`
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
${meta('description', description)}${meta('color-scheme', 'light dark')}${meta('generator', generator)}${self === undefined ? '' : `<link rel="canonical" href="${escapeAttribute(self)}">\n`}${autodiscoveryTags(feeds)}<link rel="icon" href="${ICON}">
<style>${pageStyle}</style>
<script>${pageScript}</script>
</head>
`
}
