npm test            # installs, builds, type-checks, lints, tests: must pass
npm run test:real   # what needs a real part (readers, a browser); skips by name what is not there
npm run format      # formats
npm run bench       # how fast we are beside others, in one run
