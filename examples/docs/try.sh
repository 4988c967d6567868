npm run demo
npm test
