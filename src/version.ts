/** Version of this package; a test keeps it equal to package.json. */
export const version = '0.1.0'

/** Where the project lives: stands in feeds as their generator and in requests as whom to ask. */
export const homepage = 'https://github.com/weekloom/weekloom'

/** What requests say who asks. */
export const userAgent = `weekloom/${version} (+${homepage})`
