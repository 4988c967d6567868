import { element, findMarker, type PageFacts, type Place, variable } from './page-facts.js'

/** The mark above an original article: its words are those of the reader's language. */
export const originalMark: Place = {
  name: '#copyright_logo',
  kind: 'search',
  read: facts => (element('', 'id="copyright_logo"').read(facts) ? '1' : undefined),
}

/** Where the article of another account is shown that a message points at. */
export const shareMark: Place = {
  name: '#js_share_content',
  kind: 'search',
  read: facts => (findMarker(facts.parts().markup, 'id="js_share_content"') < 0 ? undefined : '2'),
}

/** The numbers of the article that another account was copied from, as the address that they make. */
export const reprintNumbers: Place = {
  name: 'var source_encode_biz, source_mid, source_idx',
  kind: 'search',
  read(facts: PageFacts) {
    const [biz, mid, idx] = ['source_encode_biz', 'source_mid', 'source_idx'].map(name => variable(name).read(facts))
    return typeof biz === 'string' && /^[1-9]\d*$/.test(String(mid)) && /^[1-9]\d?$/.test(String(idx))
      ? `https://mp.weixin.qq.com/s?__biz=${biz}&mid=${mid}&idx=${idx}`
      : undefined
  },
}

const voice = /^voiceid\s{0,20}:\s{0,20}(?:JsDecode\()?["']([\w=+/-]{6,200})["']/

/** The recording of an audio message, as a script of its page names it. */
export const voiceProperty: Place = {
  name: 'voiceid',
  kind: 'search',
  read({ page }) {
    for (let at = page.find('voiceid'), place = 0; at >= 0 && place < 100; at = page.find('voiceid', at + 1), place++) {
      const [, id] = voice.exec(page.slice(at, at + 300)) ?? []
      if (id !== undefined) return id
    }
    return undefined
  },
}
