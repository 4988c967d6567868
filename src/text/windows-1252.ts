const signs = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** What Windows-1252 has at a place from 128 to 159, where Unicode has controls that nobody means; the control where it has nothing. */
export function windowsSign(code: number): string {
  return signs.charAt(code - 0x80)
}
