import { describe, expect, it } from 'vitest'
import { writeAtom } from '../../src/feed/write-atom.js'
import { writeJson } from '../../src/feed/write-json.js'
import type { WriteOptions } from '../../src/feed/write-options.js'
import { writeRss } from '../../src/feed/write-rss.js'
import type { Feed } from '../../src/types.js'
import { assertWellFormed, readFixture } from './read-xml.js'

const subjects = ['written--everything', 'written--archive', 'written--little-known', 'written--hostile-text']
const writers = { 'rss.xml': writeRss, 'atom.xml': writeAtom, json: writeJson }

describe.each(subjects)('%s', subject => {
  const { feed, options }: { feed: Feed; options: WriteOptions } = JSON.parse(readFixture(`${subject}.json`))

  it.each(Object.entries(writers))('is written as expected.%s', async (ending, write) => {
    const text = write(feed, options)
    await expect(text).toMatchFileSnapshot(`../../fixtures/feed/${subject}.expected.${ending}`)
    if (ending !== 'json') assertWellFormed(text)
  })
})
