npm install weekloom
npx weekloom init
