import { decodeEntities, escapeText } from '../text/html.js'

/** Tags that WeChat itself writes into the text of a message; all other angle brackets were typed by the author. */
const knownTag = /(<\/?(?:a|br|em|img|span|strong)(?:\s[^<>]{0,2000})?\/?>)/i

/**
 * The text of a message (text or pictures) as HTML: blank lines part paragraphs, line breaks within them stay. Links that WeChat has put in stay links;
 * what the author typed stays text.
 */
export function messageHtml(text: string): string {
  return text
    .split(/\n[^\S\n]*\n/)
    .map(paragraph =>
      paragraph
        .split('\n')
        .map(lineHtml)
        .filter(line => line !== '')
        .join('<br>'),
    )
    .filter(paragraph => paragraph !== '')
    .map(paragraph => `<p>${paragraph}</p>`)
    .join('\n')
}

function lineHtml(line: string): string {
  return line
    .trim()
    .split(knownTag)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeText(decodeEntities(piece))))
    .join('')
}
