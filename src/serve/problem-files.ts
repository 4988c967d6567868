import type { Problem } from '../problems.js'
import { escapeAttribute, escapeText } from '../text/html.js'
import type { ServedFile } from './served-files.js'

const style =
  'body{font:1rem/1.6 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}li{margin:.8rem 0}small{opacity:.75}'

function pageOf(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style>\n<h1>${title}</h1>\n${body}</html>\n`
}

/** What went wrong in a build, for people (`problems`) and programs (`problems.json`). @param failure why there was no new build */
export function problemFiles(problems: readonly Problem[], failure: string | undefined): ServedFile[] {
  const items = problems.map(({ code, level, message, hint, where }) => {
    const place = [where.file ?? where.url, where.line].filter(part => part !== undefined).join(':')
    const details = [place, hint].filter(Boolean).map(text => `<br><small>${escapeText(text ?? '')}</small>`)
    return `<li><strong>${level}</strong> ${escapeText(message)} <code>${code}</code>${details.join('')}</li>`
  })
  const notice =
    failure === undefined ? '' : `<p role="alert">The last build failed, so the one before it is shown: ${escapeText(failure)}</p>\n`
  const list = items.length === 0 ? '<p>There is none.</p>' : `<ol>\n${items.join('\n')}\n</ol>`
  const data = `${JSON.stringify({ ...(failure === undefined ? {} : { failure }), problems }, null, 2)}\n`
  return [
    { path: 'problems', mediaType: 'text/html', body: [pageOf('Problems', `${notice}${list}\n`)] },
    { path: 'problems.json', mediaType: 'application/json', body: [data] },
  ]
}

/** What stands at the top where the build makes no page: a link to every file. */
export function listFile(paths: readonly string[]): ServedFile {
  const items = ['problems', ...paths].map(path => `<li><a href="${escapeAttribute(encodeURI(path))}">${escapeText(path)}</a></li>`)
  return { path: 'index.html', mediaType: 'text/html', body: [pageOf('Feeds', `<ul>\n${items.join('\n')}\n</ul>\n`)] }
}
