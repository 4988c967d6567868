import ipaddr from 'ipaddr.js'
import { Fault } from './fetch-problem.js'

/**
 * Addresses of cloud metadata services outside link-local: Azure's, Alibaba's, Oracle's and Amazon's over IPv6; and the names of Google's.
 * They hand out credentials, so `allowPrivate` does not open them; Azure's even lies in public space.
 */
const metadataAddresses = new Set([
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'metadata.google.internal',
  'metadata.goog',
])

/** Names that mean something within a network alone: those set aside for that, and those without a dot. */
const localName = /^[^.:]+$|\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/

/** What `allowPrivate` opens: networks that people run themselves. Link-local (metadata), multicast and unspecified stay closed. */
const ownNetworks = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

/** The one block of global unicast (RFC 4291): what lies outside is no address of the public Internet, whatever its range is called. */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/** NAT64's well-known prefix (RFC 6052): networks without IPv4 reach every IPv4 host through it. */
const nat64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96]

/**
 * The range that forbids an address, e.g. `loopback` or `metadata`; undefined when it may be asked.
 * Takes an IPv4 or IPv6 address, with or without brackets; a host name gives undefined, since only its resolved addresses tell, unless it is one of
 * a metadata service.
 * IPv4 in mapped and NAT64 form is judged by the IPv4 address inside; 6to4 and Teredo are refused.
 * Decimal, octal, hexadecimal and short spellings have become plain ones when a `URL` has read them.
 */
export function findRefusedRange(host: string, allowPrivate = false): string | undefined {
  const text = host.startsWith('[') ? host.slice(1, -1) : host
  if (metadataAddresses.has(text)) return 'metadata'
  if (!ipaddr.isValid(text)) return undefined
  const address = toEmbeddedIPv4(ipaddr.parse(text))
  if (metadataAddresses.has(address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString())) return 'metadata'
  const range = address.range()
  if (allowPrivate && ownNetworks.has(range)) return undefined
  if (range !== 'unicast') return range
  return address instanceof ipaddr.IPv6 && !address.match(globalUnicast) ? 'reserved' : undefined
}

/** Whether a host is by its spelling one of a private network: all that can be told of a name that a proxy resolves. */
export function isLocalName(host: string): boolean {
  return localName.test(host)
}

/** Whether a host may lie in a private network: all may, or these. */
export function opensPrivate(allowPrivate: boolean | ReadonlySet<string>, host: string): boolean {
  return typeof allowPrivate === 'boolean' ? allowPrivate : allowPrivate.has(host.replace(/^\[|\]$/g, ''))
}

/** The fault of a host in a forbidden range. */
export function refuseAddress(host: string, range: string): Fault {
  return new Fault('FETCH_REFUSED', `${host} is or resolves to a ${range} address.`, { data: { range } })
}

function toEmbeddedIPv4(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address
  if (address.isIPv4MappedAddress() || address.match(nat64)) return new ipaddr.IPv4(address.toByteArray().slice(12))
  return address
}
