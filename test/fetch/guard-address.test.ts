import { describe, expect, it } from 'vitest'
import { findRefusedRange } from '../../src/fetch/guard-address.js'

/** Address → range that forbids it; undefined for one that may be asked. */
const addresses: readonly (readonly [string, string | undefined])[] = [
  ['8.8.8.8', undefined],
  ['101.226.1.1', undefined],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', undefined],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'linkLocal'],
  ['100.64.0.1', 'carrierGradeNat'],
  ['100.100.100.200', 'metadata'],
  ['168.63.129.16', 'metadata'],
  ['192.0.0.192', 'metadata'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['2606:4700::1111', undefined],
  ['[2606:4700::1111]', undefined],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['[::1]', 'loopback'],
  ['fe80::1', 'linkLocal'],
  ['fe80::1%eth0', 'linkLocal'],
  ['fec0::1', 'deprecatedSiteLocal'],
  ['fd12:3456::1', 'uniqueLocal'],
  ['fd00:ec2::254', 'metadata'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'reserved'],
  // IPv4 inside IPv6: judged by what is inside, where a host can be reached that way at all
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:169.254.169.254', 'linkLocal'],
  ['::ffff:8.8.8.8', undefined],
  ['::7f00:1', 'reserved'],
  ['::ffff:0:7f00:1', 'rfc6145'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'linkLocal'],
  ['64:ff9b::808:808', undefined],
  ['64:ff9b:1::7f00:1', 'rfc6052'],
  ['2002:7f00:1::', '6to4'],
  ['2001:0:7f00:1::', 'teredo'],
  ['4000::1', 'reserved'],
  ['example.org', undefined],
]

describe('findRefusedRange', () => {
  it.each(addresses)('judges %s as %s', (address, range) => {
    expect(findRefusedRange(address)).toBe(range)
  })

  it.each(['127.0.0.1', '10.0.0.1', '100.64.0.1', '::1', 'fd00::1', '::ffff:192.168.0.1'])('opens %s with allowPrivate', address => {
    expect(findRefusedRange(address, true)).toBeUndefined()
  })

  it.each(['169.254.169.254', '100.100.100.200', 'fd00:ec2::254', '0.0.0.0', '224.0.0.1', 'fe80::1', '255.255.255.255'])(
    'keeps %s closed even with allowPrivate',
    address => {
      expect(findRefusedRange(address, true)).toBeDefined()
    },
  )

  it.each([
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0x7f.1',
    '127.1',
    '127.0.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '127.0.0.1.',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
  ])('knows loopback written %s, once a URL has read it', host => {
    expect(findRefusedRange(new URL(`http://${host}/`).hostname)).toBe('loopback')
  })
})
