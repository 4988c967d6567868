import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMarkdown, renderTokens } from '../../src/post/markdown.js'
import { holdsRawHtml, writeSafeHtml } from '../../src/post/token-html.js'
import { sanitizeHtml } from '../../src/text/sanitize.js'
import { rounds } from '../rounds.js'

const scraps = [
  '# ',
  '## ',
  '===\n',
  '---\n',
  '\n',
  '\n\n',
  '  \n',
  '- ',
  '  - ',
  '3. ',
  '- [x] ',
  '> ',
  '**',
  '*',
  '_',
  '~~',
  '`',
  '```\n',
  '``` js+x & y\n',
  '    ',
  '[',
  ']',
  '](',
  '](/a?b=1&c "d <e>")',
  '](javascript:alert(1))',
  '](https://example.org/?utm_source=x&y=1#rd)',
  '](mailto:a@b.example)',
  ')',
  '![',
  '![a *b* ![c](d)](https://example.org/e.png "f")',
  '![x](/y.png)',
  '] [',
  '\n\n[a]: https://example.org/a "t"\n\n',
  '[a]',
  '<https://example.org/a>',
  'https://example.org/b&c',
  '|',
  '\n\n|a|b|\n|:-|-:|\n|c|d|\n\n',
  '&amp;',
  '&lt;script&gt;',
  '&#13;',
  '&',
  '"',
  '\\',
  '\t',
  '{{< a >}}',
  ':::\n',
  '::: tip A [b](/c) **d**\n',
  '[!NOTE]\n',
  '{% img /a.png b %}',
  '{{< figure src="/a.png" caption="*b" >}}',
  '[^1]',
  '\n\n[^1]: ',
  '\u0000',
  '\ud800',
  '\u0001',
  '标题',
  'word ',
]
const markdown = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 100 }),
)

describe('writeSafeHtml', () => {
  it.each([undefined, 'https://example.org/weekly/1/'])('gives what rendering and sanitising gives, with the base %s', baseUrl => {
    let written = 0
    fc.assert(
      fc.property(markdown, text => {
        const { tokens, env } = readMarkdown(text)
        if (holdsRawHtml(tokens)) return
        const html = writeSafeHtml(tokens, { baseUrl, canonical: url => url })
        const options = baseUrl === undefined ? {} : { baseUrl }
        expect(html).toBe(sanitizeHtml(renderTokens(tokens, env), options))
        expect(html).toBe(sanitizeHtml(html, options))
        if (html !== '') written++
      }),
      { numRuns: rounds(3000) },
    )
    expect(written).toBeGreaterThan(rounds(1000))
  })

  it('gives links the address that they are to have', () => {
    const { tokens } = readMarkdown('[a](/b)')
    const html = writeSafeHtml(tokens, { baseUrl: 'https://example.org/', canonical: url => `${url}?"<` })
    expect(html).toBe('<p><a href="https://example.org/b?&quot;&lt;">a</a></p>\n')
  })
})
