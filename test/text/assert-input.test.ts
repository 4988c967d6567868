import { expect, it } from 'vitest'
import * as core from '../../src/core.js'
import { WeekloomError } from '../../src/problems.js'

const outcome = core.parseFeed('{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[]}')
const cases: readonly [string, (value: unknown) => unknown, unknown, string][] = [
  ['a post as bytes', value => Reflect.apply(core.parsePost, undefined, [value]), new Uint8Array(1), 'The post must be a text, not bytes.'],
  ['no post', value => Reflect.apply(core.parsePosts, undefined, [value]), undefined, 'The post must be a text, not undefined.'],
  ['no feed', value => Reflect.apply(core.parseFeed, undefined, [value]), null, 'The feed to read must be a text or bytes, not null.'],
  [
    'a promise of a list',
    value => Reflect.apply(core.parseOpml, undefined, [value]),
    Promise.resolve(''),
    'The list to read must be a text or bytes, not a promise.',
  ],
  [
    'a page as text',
    value => Reflect.apply(core.extractArticle, undefined, [value]),
    '<html>',
    'The page must be an object with `url` and `body`, the page as text or bytes, not a string ("<html>").',
  ],
  [
    'a page without a body',
    value => Reflect.apply(core.explainArticle, undefined, [value]),
    { url: 'https://a.example/' },
    'The page must be an object',
  ],
  [
    'a number to check',
    value => Reflect.apply(core.checkFeed, undefined, [value]),
    3,
    'The feed to check must be a text, not a number (3).',
  ],
  [
    'an address in the place of its text',
    value => Reflect.apply(core.extractArticle, undefined, [value]),
    { url: new URL('https://a.example/'), body: 'x' },
    'The `url` of the page must be a text, not an address.',
  ],
  [
    'an outcome to merge',
    value => Reflect.apply(core.mergeEntries, undefined, [value]),
    outcome,
    'What is merged must be a list of entries, not an outcome.',
  ],
  ...[core.writeRss, core.writeAtom, core.writeJson].map((write): (typeof cases)[number] => [
    `an outcome to ${write.name}`,
    value => Reflect.apply(write, undefined, [value]),
    outcome,
    'The feed to write must be an object with `info` and the list `entries`, not an outcome.',
  ]),
]

it.each(cases)('%s is refused at the door, in words', (_, call, value, message) => {
  expect(() => call(value)).toThrow(WeekloomError)
  expect(() => call(value)).toThrow(message)
})

it.each([
  ['an outcome is told what its value is', core.writeRss, outcome, 'Look at its `ok`, and hand over its `value`.'],
  [
    'bytes of a page are told that its address is wanted',
    core.extractArticle,
    new Uint8Array(1),
    'Hand over its address too: `{ url, body }`.',
  ],
])('%s', (_, call, value, hint) => {
  try {
    Reflect.apply(call, undefined, [value])
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ hint })
  }
})
