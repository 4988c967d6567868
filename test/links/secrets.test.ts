import { describe, expect, it } from 'vitest'
import { hideSecrets, publicAddress } from '../../src/links/secrets.js'

describe('secrets in addresses', () => {
  it.each([
    ['https://a.example/feed?token=s3cret&cat=3', 'https://a.example/feed?cat=3', 'https://a.example/feed?token=…&cat=3'],
    ['https://a.example/feed?private_token=s3cret', 'https://a.example/feed', 'https://a.example/feed?private_token=…'],
    ['https://me:s3cret@a.example/feed', 'https://a.example/feed', 'https://…@a.example/feed'],
    ['https://a.example/feed?Feed-Key=s3cret#x', 'https://a.example/feed#x', 'https://a.example/feed?Feed-Key=…#x'],
    [
      'https://a.example/f?keyword=loom&author=me',
      'https://a.example/f?keyword=loom&author=me',
      'https://a.example/f?keyword=loom&author=me',
    ],
    ['https://a.example/@me/feed', 'https://a.example/@me/feed', 'https://a.example/@me/feed'],
  ])('%s', (address, shown, hidden) => {
    expect(publicAddress(address)).toBe(shown)
    expect(hideSecrets(`"${address}" is <${address}>.`)).toBe(`"${hidden}" is <${hidden}>.`)
  })

  it.each([
    ...['passkey', 'accessKey', 'accesskeyid', 'AccessKeyId', 'rsskey', 'userkey', 'authkey', 'privatekey', 'secretkey', 'signingkey'],
    ...['api.key', 'key[]', 'auth[token]', 'userpass', 'authorization', 'jwt', 'bearer', 'token2', 'tokenid', 'tokens', 'skey', 'rssToken'],
    ...['%74oken', 'to%6Ben', 'api%5Fkey', 'feedKey', 'X-Amz-Signature', 'API_KEY', 'oauth'],
  ])('are known as such under the name %s', name => {
    expect(publicAddress(`https://a.example/feed?a=1&${name}=s3cret&b=2`)).toBe('https://a.example/feed?a=1&b=2')
    expect(hideSecrets(`https://a.example/feed?a=1&${name}=s3cret&b=2`)).toBe(`https://a.example/feed?a=1&${name}=…&b=2`)
  })

  it.each([
    'keyword',
    'author',
    'sortKey',
    'monkey',
    'hotkey',
    'compass',
    'tokenizer',
    'keys',
    'design',
    'groupKey',
    'boardKey',
    'pageKey',
    'siteKey',
    'primaryKey',
    'passage',
    'id',
  ])('are not told by the name %s', name => {
    const address = `https://a.example/feed?${name}=loom&b=2`
    expect([publicAddress(address), hideSecrets(address)]).toEqual([address, address])
  })

  it.each([
    ['https://a.example/feed;token=s3cret?cat=3', 'https://a.example/feed?cat=3'],
    ['https://a.example/feed?a=1;token=s3cret;b=2', 'https://a.example/feed?a=1;b=2'],
    ['https://a.example/feed?token=s3cret;s3cret&b=2', 'https://a.example/feed?b=2'],
    ['https://a.example/feed#token=s3cret', 'https://a.example/feed'],
    ['https://a.example/feed?a=1#b=2&access_token=s3cret', 'https://a.example/feed?a=1#b=2'],
    ['https://a.example/feed#token', 'https://a.example/feed#token'],
    ['https://a.example/feed?token&a=1', 'https://a.example/feed?a=1'],
    ['https://a.example/get?url=https://b.example/feed?key=s3cret', 'https://a.example/get?url=https://b.example/feed'],
    ['https://a.example/get?url=https%3A%2F%2Fb.example%2F%3Fkey%3Ds3cret%26c%3D1&d=2', /^https:\/\/a\.example\/get\?url=\S+%26c%3D1&d=2$/],
    ['https://me:s3:cr@et@a.example/feed', 'https://a.example/feed'],
    ['https:me:s3cret@a.example/feed', 'https://a.example/feed'],
    ['https://me:"s3cret"@a.example/feed', 'https://a.example/feed'],
  ])('are hidden wherever in an address they stand: %s', (address, shown) => {
    const open = publicAddress(address)
    expect(open).toEqual(typeof shown === 'string' ? shown : expect.stringMatching(shown))
    expect(open + hideSecrets(`"${address}"`)).not.toMatch(/s3|cret|et@/)
  })

  it('are hidden where the address is escaped, and in long texts in linear time', () => {
    expect(hideSecrets('<a href="/?a=1&amp;sig=s3cret&amp;b=2">')).toBe('<a href="/?a=1&amp;sig=…&amp;b=2">')
    for (const text of ['?a', '//a', '//a:', '&token=', '?token=//@', ';token=a', ';a', '%3ftoken%3d', 'https:a'])
      expect(hideSecrets(`${text.repeat(50_000)}=@`).length).toBeLessThan(800_000)
  })

  it('of sessions are hidden under the names that WeChat has for them', () => {
    const names = ['key', 'uin', 'pass_ticket', 'exportkey', 'poc_token', 'appmsg_token']
    const address = `https://mp.weixin.qq.com/s?__biz=MzA2&mid=1${names.map(name => `&${name}=s3cret`).join('')}#rd`
    expect(hideSecrets(address)).toBe(`https://mp.weixin.qq.com/s?__biz=MzA2&mid=1${names.map(name => `&${name}=…`).join('')}#rd`)
    expect(hideSecrets('http://MP.weixin.qq.com/s?a=1&amp;UIN=12345')).toBe('http://MP.weixin.qq.com/s?a=1&amp;UIN=…')
    expect(hideSecrets(`https://a.example/rss?uin=12345 leads to "${address}"`)).toContain('/rss?uin=12345 leads')
  })

  it('of what is no address of the web are hidden', () => {
    expect(publicAddress('ftp://me:s3cret@a.example/?token=s3cret')).toBe('ftp://…@a.example/?token=…')
  })
})
