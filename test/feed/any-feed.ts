import fc from 'fast-check'
import type { Attachment, Entry, EntryKind, Feed, Origin, Person } from '../../src/types.js'

/** Texts that have broken feeds: what XML forbids, what looks like markup, what escaping turns into something else. */
const nasty = [
  '\u0000\u0008\u000b\u001f',
  '\ufffe\uffff',
  '\ud800 lone',
  'lone \udfff',
  ']]>',
  'a]]',
  '<3 <script>alert(1)</script>',
  '&amp;amp; &lt; &nbsp; &#0;',
  '"\'`',
  '<!-- ',
  // Alone it is taken for CDATA that was escaped.
  'a <![CDATA[ x ]]>',
  '𠮷野家 👩‍👩‍👧',
  '\u202e\u200b\u00ad\u2028\u2029',
  'line\r\nbreak\ttab',
  '   ',
  '',
]

/** Any text, without regard for what it is meant to be. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.constantFrom(...nasty, 'x', ' '), { maxLength: 4 }).map(parts => parts.join('')),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)), maxLength: 20 }),
)

const anyUrl = fc.oneof(
  { weight: 3, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  anyText,
  fc.constantFrom(
    '/relative',
    'javascript:alert(1)',
    'https://example.org/a b|c"<>{}[]#x#y',
    'https://例子.测试/路?查=询',
    'http://',
    'https://[::1]/%zz',
  ),
)

/** Instants that RFC 822 can write, behind the very first, which stands for none. */
const anyInstant = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map(date => date.toISOString())
const anyDate = fc.oneof(
  { weight: 4, arbitrary: anyInstant },
  anyText,
  fc.constantFrom('2022-02-30T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', 'yesterday'),
)

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 })
const anyPerson: fc.Arbitrary<Person> = fc.record(
  { name: anyText, url: anyUrl, email: fc.oneof(fc.emailAddress(), anyText) },
  { requiredKeys: ['name'] },
)
const anyAttachment: fc.Arbitrary<Attachment> = fc.record(
  {
    url: anyUrl,
    type: fc.oneof(fc.constantFrom('audio/mpeg', 'image/png; q=1', 'image//mmbiz'), anyText),
    length: fc.double(),
    title: anyText,
    duration: fc.double(),
  },
  { requiredKeys: ['url'] },
)
const anyOrigin: fc.Arbitrary<Origin> = fc.record(
  {
    source: anyText,
    kind: fc.constantFrom('post' as const, 'article' as const, 'feed' as const),
    id: anyText,
    url: anyUrl,
    title: anyText,
    published: anyDate,
    section: anyText,
    note: anyText,
  },
  { requiredKeys: ['source', 'kind'] },
)
const anyKind = fc.constantFrom<EntryKind>('issue', 'article', 'item', 'question', 'release', 'event')

/** Any entry, however broken. */
export const anyEntry: fc.Arbitrary<Entry> = fc.record(
  {
    id: fc.oneof(anyUrl, anyText),
    keys: some(anyText),
    url: anyUrl,
    title: anyText,
    published: anyDate,
    dated: fc.constant({ from: 'page' as const, precision: 'day' as const, estimated: true as const }),
    updated: anyDate,
    authors: some(anyPerson),
    account: fc.record({ name: anyText, id: anyText, alias: anyText }, { requiredKeys: ['name'] }),
    tags: some(anyText),
    summary: anyText,
    html: fc
      .array(fc.oneof(anyText, fc.constantFrom('<p>', '</p>', '<img src="https://mmbiz.qpic.cn/a/640">')), { maxLength: 6 })
      .map(parts => parts.join('')),
    image: anyUrl,
    attachments: some(anyAttachment),
    language: fc.oneof(fc.constantFrom('zh-CN', 'en', 'zh_TW'), anyText),
    kind: anyKind,
    state: fc.constantFrom('full' as const, 'partial' as const),
    origins: fc.tuple(anyOrigin, anyOrigin),
  },
  { requiredKeys: ['id', 'keys', 'url', 'title', 'authors', 'tags', 'kind', 'state', 'origins'] },
)

/** Any feed, however broken. */
export const anyFeed: fc.Arbitrary<Feed> = fc.record(
  {
    info: fc.record(
      {
        id: anyText,
        title: anyText,
        homeUrl: anyUrl,
        feedUrl: anyUrl,
        description: anyText,
        language: anyText,
        authors: some(anyPerson),
        tags: some(anyText),
        image: anyUrl,
        rights: anyText,
        generator: anyText,
        updated: anyDate,
        next: anyUrl,
        hubs: some(anyUrl),
      },
      { requiredKeys: [] },
    ),
    updated: anyDate,
    entries: fc.array(anyEntry, { maxLength: 4 }),
  },
  { requiredKeys: ['info', 'entries'] },
)

const words = fc
  .array(fc.constantFrom('河畔', 'Map', '周报', '消息', 'R&D', 'a < b', '👩‍🚀', '"引号"'), { minLength: 1, maxLength: 5 })
  .map(parts => parts.join(' '))

/** A feed as runs make them: ids that are addresses and differ, true dates. */
export const soundFeed: fc.Arbitrary<Feed> = fc
  .uniqueArray(
    fc.record({ slug: fc.stringMatching(/^[a-z0-9]{1,12}$/), title: words, published: anyInstant, summary: words, tags: some(words) }),
    {
      selector: ({ slug }) => slug,
      maxLength: 5,
    },
  )
  .map(parts => ({
    info: { title: '河畔周报', homeUrl: 'https://weekly.example.org/', feedUrl: 'https://weekly.example.org/feed.xml', language: 'zh-CN' },
    entries: parts.map(({ slug, tags, ...texts }) => ({
      ...texts,
      id: `https://weekly.example.org/a/${slug}?x=1&y=2`,
      keys: [],
      url: `https://weekly.example.org/a/${slug}?x=1&y=2`,
      authors: [{ name: '河畔' }],
      tags: [...new Set(tags)],
      html: `<p>${slug} &amp; <b>粗</b></p>`,
      kind: 'article' as const,
      state: 'full' as const,
      origins: [{ source: 'weekly', kind: 'post' as const }] as const,
    })),
  }))
